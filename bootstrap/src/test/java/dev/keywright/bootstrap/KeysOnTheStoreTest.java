package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keywright.domain.KeySecret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys commands on the store itself (contract section 10). */
final class KeysOnTheStoreTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNKNOWN = "key_01ba9d3sfjf7v8x7w1h2n3k4m5";

    @TempDir
    private Path folder = Path.of("");

    private Map<String, String> environment = Map.of();

    @BeforeEach
    void useAFile() {
        environment = Map.of("KEYWRIGHT_DB_URL", "jdbc:h2:file:" + folder.resolve("keys"));
    }

    private Ran keys(String... arguments) {
        return Ran.command(
                environment,
                Stream.concat(Stream.of("keys"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static JsonNode json(Ran ran) throws JsonProcessingException {
        assertThat(ran.status()).as(ran.err()).isZero();
        return JSON.readTree(ran.out());
    }

    private JsonNode created(String... more) throws JsonProcessingException {
        return json(keys(
                Stream.concat(Stream.of("create", "--company", "acme", "--user", "alice", "--json"), Stream.of(more))
                        .toArray(String[]::new)));
    }

    private JsonNode shown(String id) throws JsonProcessingException {
        return json(keys("show", id, "--company", "acme", "--json"));
    }

    @Test
    void createPrintsTheSecretAloneWhenQuiet() throws JsonProcessingException {
        created();
        Ran ran = keys("create", "--company", "acme", "--user", "alice", "--quiet");

        assertThat(ran.status()).isZero();
        assertThat(KeySecret.parse(ran.out().strip())).isPresent();
        assertThat(ran.out()).isEqualTo(ran.out().strip() + System.lineSeparator());
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void onlyCreateBeginsAStoreAndSaysSo() {
        Ran list = keys("list", "--company", "acme");
        Ran delete = keys("delete", UNKNOWN, "--company", "acme");
        Ran create = keys("create", "--company", "acme", "--user", "alice", "--quiet");

        assertThat(List.of(list.status(), delete.status())).containsOnly(69);
        assertThat(list.err()).contains("There is no database jdbc:h2:file:");
        assertThat(create.status()).isZero();
        assertThat(create.err()).contains("A new store is begun: jdbc:h2:file:");
        assertThat(keys("list", "--company", "acme").out()).contains("1 of 1 active keys");
    }

    @Test
    void createTellsPeopleTheSecretOnceBesideTheKey() {
        Ran ran = keys("create", "--company", "acme", "--user", "alice", "--description", "Billing");

        List<String> secrets = Stream.of(ran.out().split("\\s+"))
                .filter(word -> KeySecret.parse(word).isPresent())
                .toList();
        assertThat(secrets).hasSize(1);
        assertThat(ran.out()).contains("Billing").contains("alice").contains("shown this once");
    }

    @Test
    void createAnswersTheApisOwnRepresentation() throws JsonProcessingException {
        JsonNode key = created(
                "--description",
                "Caf\u00e9 \ud83d\udd11",
                "--ip",
                "10.0.0.0/8",
                "--ip",
                "::1",
                "--scope",
                "keys:write",
                "--scope",
                "keys:read",
                "--expires-at",
                "2999-01-31T13:00:00+01:00");

        assertThat(key.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "companyId",
                        "userId",
                        "key",
                        "whitelistedIPs",
                        "status",
                        "description",
                        "apiVersion",
                        "apiVersionUpdatedAt",
                        "apiVersionDowngradeNotAllowedAfter",
                        "createdAt",
                        "updatedAt",
                        "deletedAt",
                        "scopes",
                        "expiresAt",
                        "lastUsedAt",
                        "lastUsedFrom");
        assertThat(KeySecret.parse(key.path("key").asText())).isPresent();
        assertThat(key.path("companyId").asText()).isEqualTo("acme");
        assertThat(key.path("description").asText()).isEqualTo("Caf\u00e9 \ud83d\udd11");
        assertThat(key.path("whitelistedIPs").toString()).isEqualTo("[\"10.0.0.0/8\",\"::1\"]");
        assertThat(key.path("scopes").toString()).isEqualTo("[\"keys:read\",\"keys:write\"]");
        assertThat(key.path("expiresAt").asText()).isEqualTo("2999-01-31T12:00:00.000Z");
    }

    @Test
    void scopesMayFollowOneAnotherAfterOneFlag() throws JsonProcessingException {
        assertThat(created("--scope", "keys:read", "keys:write").path("scopes").toString())
                .isEqualTo("[\"keys:read\",\"keys:write\"]");
    }

    @Test
    void showAnswersTheSameKeyRedacted() throws JsonProcessingException {
        JsonNode key = created("--scope", "keys:read,keys:verify");

        JsonNode shown = shown(key.path("id").asText());

        assertThat(shown.path("key").asText())
                .endsWith("…")
                .doesNotContain(key.path("key").asText());
        assertThat(shown.path("scopes").toString()).isEqualTo("[\"keys:read\",\"keys:verify\"]");
        assertThat(shown.path("createdAt")).isEqualTo(key.path("createdAt"));
    }

    @Test
    void updateChangesWhatIsAskedForAndClears() throws JsonProcessingException {
        String id = created("--description", "Billing", "--ip", "10.0.0.1", "--scope", "keys:read")
                .path("id")
                .asText();

        JsonNode pinned = json(keys("update", id, "--company", "acme", "--api-version", "2024-05-22", "--json"));
        JsonNode cleared =
                json(keys("update", id, "--company", "acme", "--no-description", "--any-ip", "--no-scopes", "--json"));
        JsonNode set = json(keys(
                "update",
                id,
                "--company",
                "acme",
                "--description",
                "-x",
                "--ip",
                "::1,10.0.0.0/8",
                "--scope",
                "a",
                "--expires-at",
                "2999-01-01T00:00:00Z",
                "--json"));
        JsonNode unending = json(keys("update", id, "--company", "acme", "--no-expiry", "--json"));

        assertThat(pinned.path("apiVersion").asText()).isEqualTo("2024-05-22");
        assertThat(pinned.path("description").asText()).isEqualTo("Billing");
        assertThat(cleared.path("description").isNull()).isTrue();
        assertThat(cleared.path("whitelistedIPs").isNull()).isTrue();
        assertThat(cleared.path("scopes")).isEmpty();
        assertThat(set.path("description").asText()).isEqualTo("-x");
        assertThat(set.path("whitelistedIPs").toString()).isEqualTo("[\"::1\",\"10.0.0.0/8\"]");
        assertThat(set.path("expiresAt").asText()).isEqualTo("2999-01-01T00:00:00.000Z");
        assertThat(unending.path("expiresAt").isNull()).isTrue();
    }

    @Test
    void aKeyIsSwitchedOffAndOnAndDeleted() throws JsonProcessingException {
        String id = created().path("id").asText();

        assertThat(keys("deactivate", id, "--company", "acme").out()).contains(id + " is inactive");
        assertThat(keys("activate", id, "--company", "acme").out()).contains(id + " is active");
        assertThat(keys("delete", id, "--company", "acme").out()).contains(id + " is deleted");
        JsonNode first = shown(id);
        assertThat(keys("delete", id, "--company", "acme").status()).isZero();

        assertThat(first.path("status").asText()).isEqualTo("inactive");
        assertThat(first.path("deletedAt").isNull()).isFalse();
        assertThat(shown(id)).isEqualTo(first);
        Ran late = keys("update", id, "--company", "acme", "--description", "late");
        assertThat(late.status()).isEqualTo(1);
        assertThat(late.err()).contains("was deleted at");
    }

    @Test
    void listShowsATableOrTheEnvelopeNewestFirst() throws JsonProcessingException {
        List<String> ids = List.of(
                created().path("id").asText(),
                created("--description", "two").path("id").asText(),
                created().path("id").asText());
        keys("delete", ids.get(2), "--company", "acme");

        Ran table = keys("list", "--company", "acme", "--limit", "1");
        JsonNode page = json(keys("list", "--company", "acme", "--limit", "1", "--json"));
        JsonNode inactive = json(keys("list", "--company", "acme", "--status", "inactive", "--json"));

        assertThat(table.out())
                .contains(ids.get(1))
                .contains("two")
                .contains("1 of 2 active keys; --all lists them all");
        assertThat(page.path("total").asInt()).isEqualTo(2);
        assertThat(page.path("count").asInt()).isEqualTo(1);
        assertThat(page.path("nextUrl").asText()).isEqualTo("/keys?status=active&limit=1&startingAfter=" + ids.get(1));
        assertThat(inactive.path("data").findValuesAsText("id")).containsExactly(ids.get(2));
        assertThat(keys("list", "--company", "nobody").out()).contains("0 of 0 active keys");
    }

    @Test
    void listWithAllWalksEveryPage() throws JsonProcessingException {
        try (StoreKeys keys = StoreKeys.openOrBegin(
                Settings.read(environment, Map.of()), new dev.keywright.domain.CompanyId("acme"))) {
            IntStream.range(0, 205)
                    .forEach(any ->
                            keys.create(dev.keywright.domain.KeyDraft.of(new dev.keywright.domain.UserId("alice"))));
        }

        JsonNode all = json(keys("list", "--company", "acme", "--all", "--json"));

        assertThat(all.path("data").findValuesAsText("id"))
                .hasSize(205)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(all.path("count").asInt()).isEqualTo(205);
        assertThat(all.path("nextUrl").isNull()).isTrue();
    }

    @Test
    void aKeyOfAnotherCompanyDoesNotExist() throws JsonProcessingException {
        String id = created().path("id").asText();

        Ran foreign = keys("show", id, "--company", "other");
        Ran unknown = keys("show", UNKNOWN, "--company", "other");

        assertThat(foreign).isEqualTo(unknown);
        assertThat(foreign.status()).isEqualTo(1);
        assertThat(foreign.err()).contains("There is no such key");
    }

    @Test
    void anExpiryInThePastIsRefused() {
        Ran ran = keys("create", "--company", "acme", "--user", "alice", "--expires-at", "2001-01-01T00:00:00Z");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("expiresAt must be in the future");
    }

    @Test
    void theWindowOfTheSettingsDecidesOnDowngrades() throws JsonProcessingException {
        String id = created().path("id").asText();
        keys("update", id, "--company", "acme", "--api-version", "2024-01-01", "--downgrade-window", "PT0S");
        keys("update", id, "--company", "acme", "--api-version", "2024-05-22", "--downgrade-window", "PT0S");

        Ran never = keys("update", id, "--company", "acme", "--api-version", "2023-01-01");

        assertThat(never.status()).isEqualTo(1);
        assertThat(never.err()).contains("was not pinned to version 2023-01-01");
    }
}
