package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 6: nobody learns whether a key of another company exists. */
class TenantIsolationTest {

    private static final String NOBODYS = "key_00000000000000000000000000";

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final ApiClient owner = SERVER.tenant().client();
    private final ApiClient stranger = SERVER.tenant().client();
    private final JsonNode key = owner.created("userId", "alice", "description", "private");
    private final String id = key.path("id").asText();

    private static final List<BiFunction<ApiClient, String, Answer>> OPERATIONS = List.of(
            (api, id) -> api.get("/keys/" + id),
            (api, id) -> api.head("/keys/" + id),
            (api, id) -> api.put("/keys/" + id, "{}"),
            (api, id) -> api.put("/keys/" + id, "{\"description\":\"stolen\"}"),
            (api, id) -> api.put("/keys/" + id, "{\"apiVersion\":\"2020-01-01\"}"),
            (api, id) -> api.put("/keys/" + id, "{\"scopes\":[\"not-held\"]}"),
            (api, id) -> api.delete("/keys/" + id),
            (api, id) -> api.with("If-Match", "\"1\"").delete("/keys/" + id),
            (api, id) -> api.with("If-Match", "\"7\"").delete("/keys/" + id),
            (api, id) -> api.with("If-Match", "*").put("/keys/" + id, "{}"),
            (api, id) -> api.post("/keys/" + id + "/deactivate"),
            (api, id) -> api.post("/keys/" + id + "/activate"));

    @Test
    @Tag("R-22")
    @Tag("R-23")
    void aForeignKeyIsToTheByteAKeyThatNeverWas() {
        for (BiFunction<ApiClient, String, Answer> operation : OPERATIONS) {
            Answer foreign = operation.apply(stranger, id);
            assertThat(foreign.status()).isEqualTo(404);
            for (String other : List.of(NOBODYS, "nonsense", "key_", id.toUpperCase(Locale.ROOT), id + "0")) {
                assertThat(operation.apply(stranger, other).comparable())
                        .as(other)
                        .isEqualTo(foreign.comparable());
            }
        }
        assertThat(owner.get("/keys/" + id).header("ETag")).contains("\"1\"");
        assertThat(owner.verify("key", key.path("key").asText())
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("VALID");
    }

    @Test
    @Tag("R-23")
    void aDeletedForeignKeyIsNoDifferent() {
        owner.delete("/keys/" + id);
        for (BiFunction<ApiClient, String, Answer> operation : OPERATIONS) {
            assertThat(operation.apply(stranger, id).comparable())
                    .isEqualTo(operation.apply(stranger, NOBODYS).comparable());
        }
    }

    @Test
    @Tag("R-22")
    void listsAndTotalsAreOfTheOwnCompanyAlone() {
        assertThat(stranger.get("/keys").text()).doesNotContain(id);
        assertThat(stranger.get("/keys").json().path("total").asInt()).isEqualTo(1);
        assertThat(stranger.get("/keys?status=inactive").json().path("total").asInt())
                .isZero();
        assertThat(owner.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @Test
    @Tag("R-24")
    void aForeignCursorIsToTheByteACursorOfNobody() {
        SERVER.time.advance(Duration.ofSeconds(1));
        String foreign = owner.newKey();
        String beside = foreign.substring(0, 29) + (foreign.charAt(29) == '0' ? '1' : '0');
        for (String name : List.of("startingAfter", "endingBefore")) {
            Answer known = stranger.get("/keys?" + name + "=" + foreign);
            Answer unknown = stranger.get("/keys?" + name + "=" + beside);
            assertThat(known.status()).isEqualTo(200);
            assertThat(known.json().path("data")).isEqualTo(unknown.json().path("data"));
            assertThat(known.json().path("total")).isEqualTo(unknown.json().path("total"));
        }
    }

    @Test
    @Tag("R-22")
    void aForeignSecretIsToTheByteAnUnknownOneWhenVerified() {
        String secret = key.path("key").asText();
        Answer unknown = stranger.verify("key", "nonsense");
        assertThat(stranger.verify("key", secret).comparable()).isEqualTo(unknown.comparable());
        owner.post("/keys/" + id + "/deactivate");
        assertThat(stranger.verify("key", secret, "scopes", List.of("x")).comparable())
                .isEqualTo(unknown.comparable());
        owner.delete("/keys/" + id);
        assertThat(stranger.verify("key", secret).comparable()).isEqualTo(unknown.comparable());
        assertThat(owner.verify("key", secret).json().path("code").asText()).isEqualTo("DELETED");
    }
}
