package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** all connections of a node are taken, since somebody else holds what they wait for. */
@Tag("R-58")
final class TakenConnectionsTest {

    private static final int CALLERS = 24;

    /** Two seconds for a connection, three for those who were in the way, and what a busy machine adds. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(8);

    private final PostgresServer.Database database = PostgresServer.running().newDatabase();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @TempDir
    private Path folder = Path.of("");

    private record Answer(HttpResponse<String> response, Duration took) {}

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    private ServerProcess started() throws IOException {
        Map<String, String> environment = database.environment();
        environment.put("KEYWRIGHT_REVOCATION_BOUND", "PT60S");
        return ServerProcess.start(folder, environment);
    }

    private static Answer timed(Api api, String method, String path, String body) {
        long begun = System.nanoTime();
        try {
            return new Answer(api.send(method, path, body), Duration.ofNanos(System.nanoTime() - begun));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<CompletableFuture<Answer>> crowd(Api api, String method, String path, String body) {
        return Stream.generate(() -> CompletableFuture.supplyAsync(() -> timed(api, method, path, body), callers))
                .limit(CALLERS)
                .toList();
    }

    private static void assertToldToComeAgain(List<CompletableFuture<Answer>> asked) {
        assertThat(asked.stream().map(CompletableFuture::join)).allSatisfy(answer -> {
            assertThat(answer.response().statusCode())
                    .as(answer.response().body())
                    .isEqualTo(503);
            assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.took()).isLessThan(TOLD_WITHIN);
        });
    }

    private static void assertStillJudged(Api api, JsonNode key) {
        Answer verdict = timed(
                api, "POST", "/keys/verify", "{\"key\":\"" + key.path("key").asText() + "\"}");
        assertThat(Api.json(verdict.response().body()).path("code").asText()).isEqualTo("VALID");
        assertThat(verdict.took()).isLessThan(Duration.ofSeconds(2));
    }

    private static void held(Connection sql, String statement) throws SQLException {
        sql.setAutoCommit(false);
        try (Statement hold = sql.createStatement()) {
            hold.execute(statement);
        }
    }

    @Test
    void whileAllWritersWaitReadersAndVerificationGoOnAndChangesAreToldToComeAgain() throws Exception {
        try (ServerProcess node = started();
                Connection sql = database.connect()) {
            Api api = new Api(node.url(), node.firstKey().orElseThrow());
            JsonNode key = api.ask(201, "POST", "/keys", "{\"userId\":\"alice\"}");
            String path = "/keys/" + key.path("id").asText();
            assertStillJudged(api, key);

            held(sql, "select id from api_key where user_id = 'alice' for update");
            List<CompletableFuture<Answer>> asked = crowd(api, "PUT", path, "{\"description\":\"waits\"}");
            while (!asked.stream().allMatch(CompletableFuture::isDone)) {
                assertStillJudged(api, key);
                assertThat(timed(api, "GET", path, "").response().statusCode()).isEqualTo(200);
            }
            assertToldToComeAgain(asked);
            sql.rollback();

            assertThat(timed(api, "PUT", path, "{\"description\":\"is there\"}")
                            .response()
                            .statusCode())
                    .isEqualTo(200);
            assertThat(api.ask(200, "GET", path, "").path("description").asText())
                    .isEqualTo("is there");
        }
    }

    @Test
    void whileAllReadersWaitVerificationOfKnownKeysGoesOnAndReadsAreToldToComeAgain() throws Exception {
        try (ServerProcess node = started();
                Connection sql = database.connect()) {
            Api api = new Api(node.url(), node.firstKey().orElseThrow());
            JsonNode key = api.ask(201, "POST", "/keys", "{\"userId\":\"alice\"}");
            assertStillJudged(api, key);

            held(sql, "lock table api_key in access exclusive mode");
            List<CompletableFuture<Answer>> asked = crowd(api, "GET", "/keys", "");
            while (!asked.stream().allMatch(CompletableFuture::isDone)) {
                assertStillJudged(api, key);
            }
            assertToldToComeAgain(asked);
            assertThat(timed(api, "GET", "/health/ready", "").response().statusCode())
                    .isEqualTo(503);
            sql.rollback();

            assertThat(timed(api, "GET", "/keys", "").response().statusCode()).isEqualTo(200);
        }
    }
}
