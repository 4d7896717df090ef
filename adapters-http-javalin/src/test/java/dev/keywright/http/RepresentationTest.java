package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 2: a key over the wire. */
class RepresentationTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private static final List<String> NAMES = List.of(
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

    private final Tenant acme = SERVER.tenant();
    private final ApiClient api = acme.client();

    @Test
    void everyRepresentationCarriesAllNamesInTheOrderOfTheContract() {
        JsonNode created = api.created("userId", "alice");
        String path = "/keys/" + created.path("id").asText();

        assertThat(JsonText.names(created)).isEqualTo(NAMES);
        assertThat(JsonText.names(api.get(path).json())).isEqualTo(NAMES);
        assertThat(JsonText.names(api.put(path, "{\"description\":\"x\"}").json()))
                .isEqualTo(NAMES);
        assertThat(JsonText.names(api.post(path + "/deactivate").json())).isEqualTo(NAMES);
        assertThat(JsonText.names(api.post(path + "/activate").json())).isEqualTo(NAMES);
        assertThat(JsonText.names(api.get("/keys").json().path("data").path(0))).isEqualTo(NAMES);
    }

    @Test
    void aValueThatDoesNotExistIsNull() {
        JsonNode created = api.created("userId", "alice");

        for (String name : List.of(
                "whitelistedIPs",
                "description",
                "apiVersion",
                "apiVersionUpdatedAt",
                "apiVersionDowngradeNotAllowedAfter",
                "deletedAt",
                "expiresAt",
                "lastUsedAt",
                "lastUsedFrom")) {
            assertThat(created.get(name).isNull()).as(name).isTrue();
        }
        assertThat(created.get("scopes").isArray()).isTrue();
        assertThat(created.get("scopes").isEmpty()).isTrue();
    }

    @Test
    void theValuesAreThoseThatWereGiven() {
        JsonNode created = api.created(
                "userId", "alice",
                "whitelistedIPs", List.of("10.0.0.0/8", "2001:db8::1"),
                "description", "Nightly export",
                "scopes", List.of("reports", "keys:read"),
                "expiresAt", "2027-03-02T00:00:00Z");

        assertThat(created.path("companyId").asText()).isEqualTo(acme.company());
        assertThat(created.path("userId").asText()).isEqualTo("alice");
        assertThat(created.path("whitelistedIPs")).hasToString("[\"10.0.0.0/8\",\"2001:db8::1\"]");
        assertThat(created.path("description").asText()).isEqualTo("Nightly export");
        assertThat(created.path("scopes")).hasToString("[\"keys:read\",\"reports\"]");
        assertThat(created.path("expiresAt").asText()).isEqualTo("2027-03-02T00:00:00.000Z");
        assertThat(created.path("status").asText()).isEqualTo("active");
    }

    @Test
    @Tag("R-02")
    void theFullSecretIsInTheCreatingAnswerAndTheRedactedFormEverywhereElse() {
        Answer answer = api.post("/keys", "{\"userId\":\"alice\"}");
        String secret = answer.json().path("key").asText();
        String path = "/keys/" + answer.json().path("id").asText();
        String redacted = secret.substring(0, secret.lastIndexOf('_')) + "…";

        assertThat(secret).matches("kw_[0-9a-hjkmnp-tv-z]{20}_[0-9A-Za-z]{38}");
        // every later answer is searched for pieces of the secret by the client itself
        assertThat(api.get(path).json().path("key").asText()).isEqualTo(redacted);
        assertThat(api.put(path, "{\"apiVersion\":\"2024-05-22\"}")
                        .json()
                        .path("key")
                        .asText())
                .isEqualTo(redacted);
        assertThat(api.post(path + "/deactivate").json().path("key").asText()).isEqualTo(redacted);
        assertThat(api.post(path + "/activate").json().path("key").asText()).isEqualTo(redacted);
        assertThat(api.get("/keys").json().path("data").path(0).path("key").asText())
                .isEqualTo(redacted);
    }

    @Test
    @Tag("R-02")
    void aSecretThatIsSentWhereItDoesNotBelongIsNotEchoed() {
        String secret = acme.secret();

        assertThat(api.get("/keys/" + secret).status()).isEqualTo(404);
        assertThat(api.get("/keys?startingAfter=" + secret).status()).isEqualTo(400);
        assertThat(api.get("/keys?status=" + secret).status()).isEqualTo(400);
        assertThat(api.get("/keys?" + secret + "=1").status()).isEqualTo(400);
        assertThat(api.get("/" + secret).status()).isEqualTo(404);
        assertThat(api.post("/keys", JsonText.object("userId", "alice", secret, 1))
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/keys", JsonText.object("userId", "alice", "whitelistedIPs", List.of(secret)))
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/keys", JsonText.object("userId", "alice", "expiresAt", secret))
                        .status())
                .isEqualTo(400);
        assertThat(api.post("/keys", JsonText.object("userId", "alice", "scopes", List.of(secret)))
                        .status())
                .isEqualTo(400);
        assertThat(api.put("/keys/" + api.newKey(), JsonText.object("apiVersion", secret))
                        .status())
                .isEqualTo(400);
        assertThat(api.verify("key", secret, "clientIp", secret).status()).isEqualTo(400);
        assertThat(api.with("If-Match", secret).delete("/keys/" + api.newKey()).status())
                .isEqualTo(400);
        assertThat(api.with("X-Request-Id", secret).get("/keys").status()).isEqualTo(200);
    }

    @Test
    void noConditionSuppressesAnAnswer() {
        for (String tags : List.of("\"1\"", "*", "W/\"1\"", "\"0\", \"1\"")) {
            ApiClient conditional = api.with("If-None-Match", tags);
            Answer created = conditional.post("/keys", "{\"userId\":\"alice\"}");
            assertThat(created.status()).isEqualTo(201);
            String path = created.header("Location").orElseThrow();
            assertThat(conditional.get(path).status()).isEqualTo(200);
            assertThat(conditional.put(path, "{}").status()).isEqualTo(200);
            assertThat(conditional.post(path + "/activate").status()).isEqualTo(200);
            assertThat(conditional
                            .with("If-Modified-Since", "Tue, 10 Mar 2099 12:00:00 GMT")
                            .get(path)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void instantsHaveWholeMillisecondsCutOffAndZ() {
        Instant now = SERVER.time.instant().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        SERVER.time.set(now.plusNanos(123_999_999));

        JsonNode created = api.created("userId", "alice");

        String millis = LiveServer.text(now.plusMillis(123));
        assertThat(created.path("createdAt").asText()).isEqualTo(millis).endsWith(".123Z");
        assertThat(created.path("updatedAt").asText()).isEqualTo(millis);
    }

    @Test
    void aSwitchedOffKeyIsInactiveWithoutDeletedAtAndADeletedOneHasIt() {
        String path = "/keys/" + api.newKey();

        JsonNode off = api.post(path + "/deactivate").json();
        assertThat(off.path("status").asText()).isEqualTo("inactive");
        assertThat(off.get("deletedAt").isNull()).isTrue();

        SERVER.time.advance(Duration.ofSeconds(1));
        api.delete(path);
        JsonNode deleted = api.get(path).json();
        assertThat(deleted.path("status").asText()).isEqualTo("inactive");
        assertThat(deleted.path("deletedAt").asText())
                .isEqualTo(deleted.path("updatedAt").asText());
    }

    @Test
    void anExpiredKeyKeepsItsStatusAndItsPlaceInLists() {
        String soon = LiveServer.text(SERVER.time.instant().plusSeconds(1));
        String id = api.created("userId", "alice", "expiresAt", soon).path("id").asText();
        SERVER.time.advance(Duration.ofSeconds(2));

        assertThat(api.get("/keys/" + id).json().path("status").asText()).isEqualTo("active");
        assertThat(api.get("/keys").json().path("data").path(0).path("id").asText())
                .isEqualTo(id);
    }
}
