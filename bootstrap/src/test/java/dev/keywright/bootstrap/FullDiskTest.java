package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * the disk under an H2 file is full while clients create, update, verify and delete keys, and has space again later, under
 * the same process. Only with the system property {@code keywright.thorough=true}, and skipped where no file system can be mounted.
 */
@Tag("R-62")
final class FullDiskTest {

    private static final boolean THOROUGH = Boolean.getBoolean("keywright.thorough");
    private static final int TIMES = 30;
    private static final int MEGABYTES = 256;
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);
    private static final Duration FULL_FOR = Duration.ofSeconds(3);
    private static final int CLIENTS = 4;

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, Integer> answersWhileFull = new TreeMap<>();

    /** With the near cache and without: then every verification asks the store, that of the caller's own key too. */
    @Test
    void aFullDiskRefusesChangesLosesNoneAndIsGotOver() throws Exception {
        fillAndMakeSpace(Map.of());
    }

    @Test
    void theSameIsTrueWithoutNearCache() throws Exception {
        fillAndMakeSpace(Map.of("KEYWRIGHT_CACHE_KEYS", "0"));
    }

    private void fillAndMakeSpace(Map<String, String> more) throws Exception {
        assumeThat(THOROUGH).as("a thorough run").isTrue();
        try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), MEGABYTES)) {
            String url = "jdbc:h2:file:" + disk.folder().resolve("keywright");
            Map<String, String> environment = new TreeMap<>(more);
            environment.put("KEYWRIGHT_DB_URL", url);
            KeyLoad load;
            int total;
            String first;
            try (ServerProcess server = ServerProcess.start(folder, environment)) {
                first = server.firstKey().orElseThrow();
                Api api = new Api(server.url(), first);
                load = changeKeys(disk, api);
                assertThat(load.wrong()).as(load.toString()).isEmpty();
                load.settleCreates();
                total = alive(api, load);
                server.terminate();
                assertThat(server.exitStatus()).isEqualTo(143);
                assertThat(server.err()).doesNotContain("could not be noted");
            }
            NothingLost.assertThatOf(load, url + ";USER=sa");
            try (ServerProcess again = ServerProcess.start(folder, environment)) {
                assertThat(alive(new Api(again.url(), first), load)).isEqualTo(total);
                again.terminate();
                again.exitStatus();
            }
        }
    }

    private KeyLoad changeKeys(SmallDisk disk, Api api) throws Exception {
        JsonNode known = api.ask(201, "POST", "/keys", "{\"userId\":\"known\"}");
        KeyLoad load = new KeyLoad(List.of(api::url), api.key(), false);
        try (load) {
            load.start(CLIENTS);
            for (int time = 0; time < TIMES; time++) {
                untilItHasChangedMore(load);
                fillUntilNoticed(disk, load);
                readWhileFull(api, known);
                disk.makeSpace();
                assertThat(untilCreated(api)).isLessThan(BACK_WITHIN);
            }
        }
        System.out.println("full disks: " + TIMES + "; " + load + "; answers meanwhile " + answersWhileFull);
        return load;
    }

    private static void untilItHasChangedMore(KeyLoad load) {
        int before = load.acknowledged();
        while (load.acknowledged() < before + 10 * CLIENTS) {
            load.untilSuccess(0);
        }
    }

    private static void fillUntilNoticed(SmallDisk disk, KeyLoad load) throws IOException {
        int before = load.unavailable();
        disk.fill();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (load.unavailable() == before) {
            assertThat(System.nanoTime()).as("nobody noticed: %s", load).isLessThan(end);
            Pauses.of(Duration.ofMillis(5));
        }
    }

    private void readWhileFull(Api api, JsonNode known) throws Exception {
        String secret = "{\"key\":\"" + known.path("key").asText() + "\"}";
        String id = known.path("id").asText();
        long end = System.nanoTime() + FULL_FOR.toNanos();
        while (System.nanoTime() < end) {
            answered("verify", () -> api.send("POST", "/keys/verify", secret), "\"code\":\"VALID\"");
            answered("get", () -> api.send("GET", "/keys/" + id, ""), id);
            answered("list", () -> api.send("GET", "/keys?limit=1", ""), "\"total\":");
            Pauses.of(Duration.ofMillis(5));
        }
    }

    /** Right, or not at all. */
    private void answered(String question, Callable<HttpResponse<String>> asked, String right) throws Exception {
        HttpResponse<String> answer = asked.call();
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
        if (answer.statusCode() == 200) {
            assertThat(answer.body()).contains(right);
        } else {
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        answersWhileFull.merge(question + " " + answer.statusCode(), 1, Integer::sum);
    }

    private static Duration untilCreated(Api api) throws Exception {
        long begun = System.nanoTime();
        int status = 0;
        while (status != 201 && System.nanoTime() - begun < BACK_WITHIN.toNanos()) {
            status = api.send("POST", "/keys", "{\"userId\":\"back\"}").statusCode();
            assertThat(status).isIn(201, 503);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println("back after " + took.toMillis() + " ms");
        return took;
    }

    /** Looks at each key whose create was acknowledged; answers how many keys there are in all. */
    private static int alive(Api api, KeyLoad load) throws Exception {
        for (KeyLoad.Known key : load.keys()) {
            JsonNode found = api.ask(200, "GET", "/keys/" + key.id, "");
            assertThat(found.path("userId").asText()).isEqualTo(key.user);
        }
        return api.ask(200, "GET", "/keys", "").path("total").asInt();
    }
}
