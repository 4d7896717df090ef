package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * an H2 file fills its disk by itself, all but a reserve. Changes are refused then, and nothing else happens. Skipped where no
 * file system can be mounted.
 */
@Tag("R-62")
final class NearlyFullDiskTest {

    private static final int MEGABYTES = 8;
    private static final int RESERVE = 2 << 20;
    private static final int BALLAST = 3 << 20;
    private static final int TIMES = 5;
    private static final int CLIENTS = 4;
    private static final Duration FULL_FOR = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Pattern REFUSAL = Pattern.compile("disk of the database is full: changes are refused");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void changesAreRefusedAndGoOnWhenThereIsSpace() throws Exception {
        try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), MEGABYTES);
                ServerProcess server = start(disk)) {
            Api api = new Api(server.url(), server.firstKey().orElseThrow());
            JsonNode known = api.ask(201, "POST", "/keys", "{\"userId\":\"known\"}");
            disk.take(BALLAST);

            List<String> created = createUntilRefused(api);
            readWhileItIsFull(api, known);
            long left = disk.left();
            disk.makeSpace();
            int status = create(api).statusCode();

            assertThat(created).isNotEmpty();
            assertThat(left).as("H2 met the end of the disk").isBetween(RESERVE / 2L, (long) RESERVE);
            assertThat(status).isEqualTo(201);
            assertThat(api.ask(200, "GET", "/keys", "").path("total").asInt()).isEqualTo(created.size() + 3);
            for (String id : created) {
                api.ask(200, "GET", "/keys/" + id, "");
            }
            assertThat(REFUSAL.matcher(server.err()).results()).hasSize(1);
        }
    }

    /** Which is so in every moment of a change, as several clients make changes all the time. */
    @Test
    void othersFillItInTheMiddleOfChanges() throws Exception {
        try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), 2 * MEGABYTES);
                ServerProcess server = start(disk)) {
            Api api = new Api(server.url(), server.firstKey().orElseThrow());
            JsonNode known = api.ask(201, "POST", "/keys", "{\"userId\":\"known\"}");
            int created = 2;
            for (int time = 0; time < TIMES; time++) {
                CompletableFuture<List<String>> clients = CompletableFuture.supplyAsync(() -> createUntilRefused(api));
                createOne(api);
                disk.fill();
                created += 1 + clients.join().size();
                readWhileItIsFull(api, known);
                disk.makeSpace();
            }
            createOne(api);

            assertThat(api.ask(200, "GET", "/keys", "").path("total").asInt()).isEqualTo(created + 1);
            assertThat(server.err()).as("H2 met the end of the disk").doesNotContain("SQLState 90");
        }
    }

    private static void createOne(Api api) throws Exception {
        api.ask(201, "POST", "/keys", "{\"userId\":\"u\"}");
    }

    /** H2 may make the file smaller when it ends, or need the last space for that: then nobody could start again. */
    @ParameterizedTest
    @ValueSource(ints = {MEGABYTES, 12})
    void aServerIsStoppedAndStartedOnADiskThatItsFileHasFilled(int megabytes) throws Exception {
        try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), megabytes)) {
            String first;
            JsonNode known;
            int total;
            try (ServerProcess server = start(disk)) {
                first = server.firstKey().orElseThrow();
                Api api = new Api(server.url(), first);
                known = api.ask(201, "POST", "/keys", "{\"userId\":\"known\"}");
                total = createUntilRefused(api).size() + 2;
                stop(server);
            }
            for (int time = 0; time < 2; time++) {
                try (ServerProcess again = start(disk)) {
                    readWhileItIsFull(new Api(again.url(), first), known);
                    stop(again);
                }
            }
            try (ServerProcess last = start(disk)) {
                Api api = new Api(last.url(), first);
                disk.grow(4 * megabytes);
                createOne(api);
                assertThat(api.ask(200, "GET", "/keys", "").path("total").asInt())
                        .isEqualTo(total + 1);
            }
        }
    }

    private static void stop(ServerProcess server) throws Exception {
        server.terminate();
        assertThat(server.exitStatus()).isEqualTo(143);
    }

    /** Without near cache: every verification asks the store. */
    private ServerProcess start(SmallDisk disk) throws IOException {
        String url = "jdbc:h2:file:" + disk.folder().resolve("keywright");
        return ServerProcess.start(folder, Map.of("KEYWRIGHT_DB_URL", url, "KEYWRIGHT_CACHE_KEYS", "0"));
    }

    private static HttpResponse<String> create(Api api) throws Exception {
        return api.send("POST", "/keys", "{\"userId\":\"u\"}");
    }

    /** Several clients at a time, each until it is refused; answers what was acknowledged. */
    private static List<String> createUntilRefused(Api api) {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<List<String>>> work = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                work.add(() -> createdBefore503(api));
            }
            List<String> all = new ArrayList<>();
            for (Future<List<String>> created : clients.invokeAll(work)) {
                all.addAll(created.get());
            }
            return all;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            clients.shutdownNow();
        }
    }

    private static List<String> createdBefore503(Api api) throws Exception {
        List<String> created = new ArrayList<>();
        while (true) {
            HttpResponse<String> answer = create(api);
            if (answer.statusCode() != 201) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                return created;
            }
            created.add(Api.json(answer.body()).path("id").asText());
        }
    }

    private static void readWhileItIsFull(Api api, JsonNode known) throws Exception {
        String secret = "{\"key\":\"" + known.path("key").asText() + "\"}";
        long end = System.nanoTime() + FULL_FOR.toNanos();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            assertThat(api.ask(200, "POST", "/keys/verify", secret).path("code").asText())
                    .isEqualTo("VALID");
            api.ask(200, "GET", "/keys/" + known.path("id").asText(), "");
            api.ask(200, "GET", "/keys?limit=1", "");
            assertThat(create(api).statusCode()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        }
    }
}
