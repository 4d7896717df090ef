package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.KeySecret;
import dev.keywright.inmemory.InMemoryKeyStore;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.DatabaseSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} does before it serves, and what it refuses. */
final class ServeTest {

    private static final String OLD_PEPPER = "the-old-pepper-of-32-characters-or-more";
    private static final String NEW_PEPPER = "the-new-pepper-of-32-characters-or-more";

    @TempDir
    private Path folder = Path.of("");

    private Service started(Map<Setting, String> more) {
        Map<Setting, String> flags = new java.util.EnumMap<>(Setting.class);
        flags.put(Setting.HTTP_PORT, "0");
        flags.put(Setting.DB_URL, "jdbc:h2:file:" + folder.resolve("keys"));
        flags.putAll(more);
        return Service.start(Settings.read(Map.of(), flags));
    }

    private static String url(Service service) {
        return "http://127.0.0.1:" + service.port();
    }

    /** */
    @Test
    void aServerForEverybodyIsRefusedOverPlainHttp() {
        Ran ran = Ran.command(Map.of(), "serve", "--http-host", "0.0.0.0", "--db-url", "memory:");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("--http-host: 0.0.0.0").contains("KEYWRIGHT_HTTP_PLAINTEXT=true");
    }

    @Test
    void allThatIsWrongWithTheSettingsIsToldAtOnce() {
        Ran ran = Ran.command(
                Map.of("KEYWRIGHT_HTTP_PORT", "x", "KEYWRIGHT_KEY_PEPPER", "secret-but-short", "KEYWRIGHT_HOST", "h"),
                "serve",
                "--db-url",
                "jdbc:mysql:x");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err())
                .contains("KEYWRIGHT_HTTP_PORT: ")
                .contains("KEYWRIGHT_KEY_PEPPER: ")
                .contains("KEYWRIGHT_HOST: is no setting; did you mean KEYWRIGHT_HTTP_HOST?")
                .contains("--db-url: ")
                .doesNotContain("secret-but-short");
        assertThat(ran.out()).isEmpty();
    }

    /** */
    @Test
    void doorsOfH2StayShut() {
        for (String url : List.of(
                "jdbc:h2:file:" + folder.resolve("keys") + ";AUTO_SERVER=TRUE",
                "jdbc:h2:tcp://localhost/keys",
                "jdbc:h2:file:" + folder.resolve("keys") + ";INIT=RUNSCRIPT FROM 'x'",
                "jdbc:h2:file:" + folder.resolve("keys") + ";WRITE_DELAY=500")) {
            Ran ran = Ran.command(Map.of(), "serve", "--http-port", "0", "--db-url", url);
            assertThat(ran.status()).as(url).isEqualTo(2);
            assertThat(ran.err()).contains("--db-url: ");
        }
    }

    @Test
    void aPortThatIsTakenIsToldWithoutAStackTrace() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran ran = Ran.command(Map.of(), "serve", "--db-url", "memory:", "--http-port", "" + taken.getLocalPort());

            assertThat(ran.status()).isEqualTo(69);
            assertThat(ran.err())
                    .contains("Cannot listen on 127.0.0.1, port " + taken.getLocalPort())
                    .doesNotContain("Exception");
            assertThat(ran.out()).isEmpty();
        }
    }

    @Test
    void aPortThatIsTakenCostsNoFirstKey() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ran ran = Ran.command(
                    Map.of(),
                    "serve",
                    "--db-url",
                    "jdbc:h2:file:" + folder.resolve("keys"),
                    "--http-port",
                    "" + taken.getLocalPort());
            assertThat(ran.status()).isEqualTo(69);
        }
        try (Service service = started(Map.of())) {
            assertThat(service.firstKey()).isPresent();
        }
    }

    /** */
    @Test
    void keysOutliveTheirPeppersTurn() throws Exception {
        String plain;
        String old;
        String current;
        try (Service service = started(Map.of())) {
            plain = service.firstKey().orElseThrow().reveal();
        }
        try (Service service = started(Map.of(Setting.KEY_PEPPER, OLD_PEPPER))) {
            old = created(new Api(url(service), plain));
        }
        try (Service service = started(Map.of(Setting.KEY_PEPPER, NEW_PEPPER + "," + OLD_PEPPER))) {
            current = created(new Api(url(service), old));
            for (String key : List.of(plain, old, current)) {
                assertThat(new Api(url(service), key).send("GET", "/keys", "").statusCode())
                        .isEqualTo(200);
            }
        }
        try (Service service = started(Map.of(Setting.KEY_PEPPER, NEW_PEPPER))) {
            assertThat(new Api(url(service), old).send("GET", "/keys", "").statusCode())
                    .as("a pepper that is missing is no verdict")
                    .isEqualTo(503);
            assertThat(new Api(url(service), current).send("GET", "/keys", "").statusCode())
                    .isEqualTo(200);
        }
    }

    private static String created(Api api) throws Exception {
        return api.ask(201, "POST", "/keys", "{\"userId\":\"alice\",\"scopes\":[\"keys:read\",\"keys:write\"]}")
                .path("key")
                .asText();
    }

    /** several servers that start on one empty store make one first key. */
    @Test
    void serversThatStartTogetherMakeOneFirstKey() throws Exception {
        for (int round = 0; round < 20; round++) {
            assertThat(firstKeysOf(new InMemoryKeyStore())).hasSize(1);
        }
        for (int round = 0; round < 3; round++) {
            try (Database database = Database.open(DatabaseSettings.of("jdbc:h2:mem:first-key-" + round))) {
                assertThat(firstKeysOf(database.store())).hasSize(1);
            }
        }
    }

    private static List<KeySecret> firstKeysOf(KeyStore store) throws Exception {
        int servers = 4;
        CyclicBarrier together = new CyclicBarrier(servers);
        ExecutorService threads = Executors.newFixedThreadPool(servers);
        try {
            List<Future<Optional<KeySecret>>> starts = new ArrayList<>();
            for (int server = 0; server < servers; server++) {
                starts.add(threads.submit(() -> {
                    KeyAdministration administration = new KeyAdministration(
                            store, InstantSource.system(), new SecureRandom(), KeyPolicy.defaults());
                    together.await();
                    return FirstKey.madeIn(store, administration);
                }));
            }
            List<KeySecret> made = new ArrayList<>();
            for (Future<Optional<KeySecret>> start : starts) {
                start.get().ifPresent(made::add);
            }
            return made;
        } finally {
            threads.shutdown();
        }
    }
}
