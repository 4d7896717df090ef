package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 3: {@code PUT /keys/{keyId}}. */
class UpdateKeyTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final ApiClient api = SERVER.tenant().client();
    private String path = "";
    private JsonNode before = JsonText.parse("null");

    @BeforeEach
    void aKeyWithEverything() {
        path = "/keys/"
                + api.created(
                                "userId", "alice",
                                "whitelistedIPs", List.of("10.0.0.0/8"),
                                "description", "first",
                                "scopes", List.of("reports"),
                                "expiresAt", "2030-01-01T00:00:00Z")
                        .path("id")
                        .asText();
        before = api.put(path, "{\"apiVersion\":\"2024-05-22\"}").json();
        SERVER.time.advance(Duration.ofMinutes(1));
    }

    @Test
    void aFieldThatIsAbsentStaysAsItIs() {
        JsonNode after = api.put(path, "{\"description\":\"second\"}").json();

        ObjectNode expected = before.deepCopy();
        expected.put("description", "second");
        expected.set("updatedAt", after.get("updatedAt"));
        assertThat(after).isEqualTo(expected);
        assertThat(after.path("updatedAt").asText())
                .isGreaterThan(before.path("updatedAt").asText());
        assertThat(api.get(path).json()).isEqualTo(after);
    }

    @Test
    void nullClearsWhatCanBeCleared() {
        JsonNode after = api.put(
                        path, "{\"description\":null,\"whitelistedIPs\":null,\"scopes\":null,\"expiresAt\":null}")
                .json();

        assertThat(after.get("description").isNull()).isTrue();
        assertThat(after.get("whitelistedIPs").isNull()).isTrue();
        assertThat(after.get("scopes")).isEmpty();
        assertThat(after.get("expiresAt").isNull()).isTrue();
        assertThat(after.get("apiVersion").asText()).isEqualTo("2024-05-22");
    }

    @Test
    void anEmptyListClearsAddressesAndScopes() {
        JsonNode after = api.put(path, "{\"whitelistedIPs\":[],\"scopes\":[]}").json();

        assertThat(after.get("whitelistedIPs").isNull()).isTrue();
        assertThat(after.get("scopes")).isEmpty();
    }

    @Test
    void theVersionCannotBeCleared() {
        Answer answer = api.put(path, "{\"apiVersion\":null}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults()).containsExactly("/apiVersion");
        assertThat(api.get(path).json()).isEqualTo(before);
    }

    @Test
    void oneRefusedFieldRefusesTheWholeUpdate() {
        for (String refused : List.of(
                "{\"description\":\"x\",\"whitelistedIPs\":[\"10.0.0.1/8\"]}",
                "{\"description\":\"x\",\"apiVersion\":\"2023-02-30\"}",
                "{\"description\":\"x\",\"apiVersion\":\"2020-01-01\"}",
                "{\"description\":\"x\",\"scopes\":[\"not-held\"]}",
                "{\"description\":\"x\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}",
                "{\"description\":\"x\",\"status\":\"inactive\"}",
                "{\"description\":\"\",\"apiVersion\":\"2025-01-01\"}")) {
            assertThat(api.put(path, refused).status()).as(refused).isBetween(400, 409);
            assertThat(api.get(path).json()).as(refused).isEqualTo(before);
        }
    }

    @Test
    void whatChangesNothingWritesNothing() {
        String tag = api.get(path).header("ETag").orElseThrow();
        String echo = JsonText.object(
                "apiVersion", "2024-05-22",
                "description", "first",
                "whitelistedIPs", List.of("::ffff:10.0.0.0/104", "10.0.0.0/8"),
                "scopes", List.of("reports", "reports"),
                "expiresAt", "2030-01-01T01:00:00.0000001+01:00");

        for (String body : List.of("{}", echo, "{\"description\":\"first\"}")) {
            Answer answer = api.put(path, body);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).as(body).isEqualTo(before);
            assertThat(answer.header("ETag")).contains(tag);
        }
    }

    @Test
    void aDeletedKeyIs409EvenForABodyThatChangesNothing() {
        api.delete(path);
        JsonNode deleted = api.get(path).json();

        for (String body : List.of("{}", "{\"description\":null}", "{\"apiVersion\":\"2025-01-01\"}")) {
            Answer answer = api.put(path, body);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.type()).isEqualTo("/problems/key-deleted");
            assertThat(answer.detail()).contains(deleted.path("deletedAt").asText());
        }
        assertThat(api.get(path).json()).isEqualTo(deleted);
    }

    @Test
    @Tag("R-13")
    void nothingRevivesADeletedKey() {
        String secret = api.created("userId", "alice").path("key").asText();
        String id = api.verify("key", secret).json().path("keyId").asText();
        api.delete("/keys/" + id);

        assertThat(api.put("/keys/" + id, "{\"status\":\"active\",\"deletedAt\":null}")
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/keys/" + id + "/activate").status()).isEqualTo(409);
        assertThat(api.post("/keys/" + id + "/deactivate").status()).isEqualTo(409);
        SERVER.time.advance(Duration.ofDays(-1));
        assertThat(api.verify("key", secret).json().path("code").asText()).isEqualTo("DELETED");
        SERVER.time.advance(Duration.ofDays(1));
    }

    @Test
    @Tag("R-26")
    void everyFieldOfAnAnswerSentBackIsWrittenOrRefusedAndNeverEffectiveByStealth() {
        List<String> readOnly = List.of(
                "id",
                "companyId",
                "userId",
                "key",
                "status",
                "createdAt",
                "updatedAt",
                "deletedAt",
                "lastUsedAt",
                "lastUsedFrom",
                "apiVersionUpdatedAt",
                "apiVersionDowngradeNotAllowedAfter");
        for (String name : readOnly) {
            Answer answer = api.put(path, JsonText.object("description", "stealth", name, before.get(name)));
            assertThat(answer.status()).as(name).isEqualTo(400);
            assertThat(answer.faults()).containsExactly("/" + name);
            assertThat(answer.faultDetails()).contains("read-only");
        }
        Answer whole = api.put(path, JsonText.write(before));
        assertThat(whole.faults()).containsExactlyInAnyOrderElementsOf(slashed(readOnly));
        assertThat(api.get(path).json()).isEqualTo(before);

        List<String> notInACreate = new ArrayList<>(readOnly);
        notInACreate.remove("userId");
        notInACreate.add("apiVersion");
        Answer create = api.post("/keys", JsonText.write(before));
        assertThat(create.faults()).containsExactlyInAnyOrderElementsOf(slashed(notInACreate));
        assertThat(create.faultDetails()).contains("read-only");
    }

    private static List<String> slashed(List<String> names) {
        return names.stream().map(name -> "/" + name).toList();
    }

    @Test
    @Tag("R-55")
    void updatesAtTheSameTimeLoseNothingOfEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Answer>> updates = new ArrayList<>();
            for (int round = 0; round < 10; round++) {
                String address = "10.0.0." + round;
                updates.add(() -> api.put(path, "{\"description\":\"many at once\"}"));
                updates.add(() -> api.put(path, "{\"apiVersion\":\"2024-09-01\"}"));
                updates.add(() -> api.put(path, "{\"scopes\":[\"billing\"]}"));
                updates.add(() -> api.put(path, JsonText.object("whitelistedIPs", List.of(address))));
            }
            for (Future<Answer> answer : threads.invokeAll(updates)) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        } finally {
            threads.shutdownNow();
        }
        JsonNode after = api.get(path).json();
        assertThat(after.path("description").asText()).isEqualTo("many at once");
        assertThat(after.path("apiVersion").asText()).isEqualTo("2024-09-01");
        assertThat(after.path("scopes")).hasToString("[\"billing\"]");
        assertThat(after.path("whitelistedIPs").path(0).asText()).startsWith("10.0.0.");
    }
}
