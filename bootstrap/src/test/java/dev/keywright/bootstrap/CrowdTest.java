package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many more callers at once than there are connections to the database: each is answered, or told when to come again. */
@Tag("R-58")
final class CrowdTest {

    private static final int CALLERS = 400;

    @TempDir
    private Path folder = Path.of("");

    private static HttpRequest request(Api api, int caller) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.url() + "/keys"))
                .timeout(Duration.ofSeconds(60))
                .header("X-API-Key", api.key());
        return caller % 2 == 0
                ? request.build()
                : request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"userId\":\"u" + caller + "\"}"))
                        .build();
    }

    private static void assertAnsweredOrToldToComeAgain(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 503);
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(answer.statusCode() == 503);
    }

    @Test
    void fourHundredAtOnceAreAnsweredOrToldToComeAgain() throws Exception {
        Settings settings = Settings.read(
                Map.of(), Map.of(Setting.HTTP_PORT, "0", Setting.DB_URL, "jdbc:h2:file:" + folder.resolve("keys")));
        try (Service service = Service.start(settings)) {
            Api api = new Api(
                    "http://127.0.0.1:" + service.port(),
                    service.firstKey().orElseThrow().reveal());
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> http.sendAsync(request(api, caller), BodyHandlers.ofString()))
                    .toList();
            List<HttpResponse<String>> answers =
                    asked.stream().map(CompletableFuture::join).toList();

            assertThat(answers).allSatisfy(CrowdTest::assertAnsweredOrToldToComeAgain);
            assertThat(statuses(answers)).contains(200, 201);
            long created = statuses(answers).filter(status -> status == 201).count();
            assertThat(api.ask(200, "GET", "/keys", "").path("total").asLong()).isEqualTo(created + 1);
        }
    }

    private static Stream<Integer> statuses(List<HttpResponse<String>> answers) {
        return answers.stream().map(HttpResponse::statusCode);
    }
}
