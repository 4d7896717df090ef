package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keywright.domain.KeySecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys commands through a running server. */
final class KeysOnAServerTest {

    private static final String UNKNOWN = "key_01ba9d3sfjf7v8x7w1h2n3k4m5";

    @TempDir
    private static Path folder = Path.of("");

    private static Service service;
    private static String key = "";
    private static String url = "";

    @BeforeAll
    static void start() {
        service = Service.start(Settings.read(
                Map.of(), Map.of(Setting.HTTP_PORT, "0", Setting.DB_URL, "jdbc:h2:file:" + folder.resolve("keys"))));
        key = service.firstKey().orElseThrow().reveal();
        url = "http://127.0.0.1:" + service.port();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static Ran keys(String... arguments) {
        return Ran.command(
                Map.of("KEYWRIGHT_API_KEY", key, "KEYWRIGHT_SERVER_URL", url),
                Stream.concat(Stream.of("keys"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static JsonNode json(Ran ran) {
        assertThat(ran.status()).as(ran.err()).isZero();
        return Api.json(ran.out());
    }

    @Test
    void aKeyLivesItsWholeLife() throws Exception {
        JsonNode created = json(keys(
                "create",
                "--user",
                "alice",
                "--description",
                "Caf\u00e9",
                "--ip",
                "10.0.0.0/8",
                "--scope",
                "keys:read",
                "--expires-at",
                "2999-01-01T00:00:00Z",
                "--json"));
        String id = created.path("id").asText();
        assertThat(KeySecret.parse(created.path("key").asText())).isPresent();
        assertThat(created.path("companyId").asText()).isEqualTo("default");

        JsonNode shown = json(keys("show", id, "--json"));
        assertThat(shown).isEqualTo(new Api(url, key).ask(200, "GET", "/keys/" + id, ""));

        JsonNode updated = json(keys(
                "update",
                id,
                "--api-version",
                "2024-05-22",
                "--no-description",
                "--any-ip",
                "--no-scopes",
                "--no-expiry",
                "--json"));
        assertThat(updated.path("apiVersion").asText()).isEqualTo("2024-05-22");
        assertThat(updated.path("description").isNull()).isTrue();
        assertThat(updated.path("whitelistedIPs").isNull()).isTrue();
        assertThat(updated.path("scopes")).isEmpty();
        assertThat(updated.path("expiresAt").isNull()).isTrue();

        assertThat(json(keys("deactivate", id, "--json")).path("status").asText())
                .isEqualTo("inactive");
        assertThat(json(keys("activate", id, "--json")).path("status").asText()).isEqualTo("active");
        assertThat(keys("delete", id).out()).contains(id + " is deleted");
        assertThat(json(keys("delete", id, "--json")).path("deletedAt").isNull())
                .isFalse();
        assertThat(json(keys("list", "--status", "inactive", "--json"))
                        .path("data")
                        .findValuesAsText("id"))
                .contains(id);
    }

    @Test
    void theSecretComesAloneWhenQuiet() {
        assertThat(KeySecret.parse(
                        keys("create", "--user", "bob", "--quiet").out().strip()))
                .isPresent();
    }

    @Test
    void allPagesAreWalked() {
        for (int made = 0; made < 101; made++) {
            json(keys("create", "--user", "many", "--json"));
        }

        JsonNode all = json(keys("list", "--all", "--json"));

        assertThat(all.path("count").asInt())
                .isEqualTo(all.path("total").asInt())
                .isGreaterThan(100);
        assertThat(all.path("data").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void refusalsAreTheServersSentences() throws Exception {
        String id = json(keys("create", "--user", "carol", "--json")).path("id").asText();
        json(keys("update", id, "--api-version", "2024-05-22", "--json"));

        Ran unknown = keys("show", UNKNOWN);
        Ran refused = keys("update", id, "--api-version", "2020-01-01");
        Ran foreign = keys("create", "--user", "carol", "--scope", "payments:write");

        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("no such key");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("was not pinned to version 2020-01-01");
        assertThat(foreign.status()).isEqualTo(1);
        assertThat(foreign.err()).contains("payments:write");
    }

    @Test
    void theKeyMayComeFromAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), key + "\n");

        Ran ran = Ran.command(
                Map.of(), "keys", "list", "--all", "--server", url + "/", "--api-key-file", file.toString());

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).contains("First management key");
    }

    @Test
    void aBadKeyIsRefusedAndNotRepeated() {
        String wrong = key.substring(0, key.length() - 1) + (key.endsWith("x") ? "y" : "x");

        Ran ran = Ran.command(Map.of("KEYWRIGHT_API_KEY", wrong), "keys", "list", "--server", url);

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err())
                .contains("does not accept the key or token of KEYWRIGHT_API_KEY")
                .doesNotContain(wrong);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void oneFaultIsToldOnce() {
        Ran ran = keys("create", "--user", "alice", "--expires-at", "2001-01-01T00:00:00Z");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).containsOnlyOnce("must be in the future");
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        Ran ran = Ran.command(Map.of("KEYWRIGHT_API_KEY", key), "keys", "list", "--server", "http://127.0.0.1:1");

        assertThat(ran.status()).isEqualTo(69);
        assertThat(ran.err()).contains("No answer from http://127.0.0.1:1").doesNotContain(key);
    }

    /** */
    @Test
    void aKeyIsNotSentOverPlainHttpToAnotherMachine() {
        Ran ran = Ran.command(Map.of("KEYWRIGHT_API_KEY", key), "keys", "list", "--server", "http://192.0.2.1:8080");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("--server: must begin with https:").doesNotContain(key);
    }

    @Test
    void theStoreOfARunningServerPointsToTheServer() throws Exception {
        try (ServerProcess other = ServerProcess.start(folder, Map.of())) {
            Ran ran = Ran.command(
                    Map.of("KEYWRIGHT_DB_URL", "jdbc:h2:file:" + folder.resolve("data/keywright")),
                    "keys",
                    "list",
                    "--company",
                    "default");

            assertThat(other.url()).isNotEmpty();
            assertThat(ran.status()).isEqualTo(69);
            assertThat(ran.err()).contains("in use by another process").contains("--server");
        }
    }
}
