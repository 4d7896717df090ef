package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 6: what scopes allow, and that nobody gives one that they do not hold. */
class ScopesOfCallersTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final Tenant acme = SERVER.tenant();
    private final ApiClient admin = acme.client();
    private final String path = "/keys/" + admin.newKey();

    @ParameterizedTest
    @ValueSource(strings = {"keys:read", "keys:write", "keys:verify", "reports", ""})
    void eachScopeAllowsItsOwnOperationsAndNoOther(String held) {
        ApiClient caller = held.isEmpty() ? acme.client(new String[0]) : acme.client(held);
        assertNeeds("keys:read", held, caller.get("/keys"));
        assertNeeds("keys:read", held, caller.get(path));
        assertNeeds("keys:write", held, caller.post("/keys", "{\"userId\":\"alice\"}"));
        assertNeeds("keys:write", held, caller.put(path, "{\"description\":\"" + held + "x\"}"));
        assertNeeds("keys:write", held, caller.post(path + "/deactivate"));
        assertNeeds("keys:write", held, caller.post(path + "/activate"));
        assertNeeds("keys:verify", held, caller.verify("key", "x"));
        assertNeeds("keys:write", held, caller.delete(path));
        boolean writer = held.equals("keys:write");
        assertThat(admin.get(path).json().path("status").asText()).isEqualTo(writer ? "inactive" : "active");
    }

    private static void assertNeeds(String needed, String held, Answer answer) {
        if (needed.equals(held)) {
            assertThat(answer.status()).as("%s", answer).isLessThan(300);
        } else {
            assertThat(answer.status()).as("%s", answer).isEqualTo(403);
            assertThat(answer.type()).isEqualTo("/problems/forbidden");
            assertThat(answer.detail()).contains(needed);
        }
    }

    @Test
    void theScopeIsJudgedBeforeTheFormAndTheKeysExistence() {
        ApiClient reader = acme.client("keys:read");
        assertThat(reader.post("/keys", "{").status()).isEqualTo(403);
        assertThat(reader.put("/keys/key_00000000000000000000000000", "{}").status())
                .isEqualTo(403);
        assertThat(reader.delete("/keys/nonsense").status()).isEqualTo(403);
        assertThat(reader.send(ApiRequest.of("POST", "/keys").withBody(new byte[0]))
                        .status())
                .isEqualTo(403);
        assertThat(acme.client("keys:write").get("/keys?limit=0").status()).isEqualTo(403);
    }

    @Test
    void nobodyGivesANewKeyAScopeThatTheyDoNotHold() {
        ApiClient writer = acme.client("keys:write", "reports");

        Answer refused = writer.post(
                "/keys", JsonText.object("userId", "alice", "scopes", List.of("reports", "keys:read", "billing")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("keys:read", "billing").doesNotContain("reports");
        assertThat(writer.created("userId", "alice", "scopes", List.of("reports", "keys:write"))
                        .path("scopes"))
                .hasSize(2);
        assertThat(admin.get("/keys").json().path("total").asInt()).isEqualTo(4);
    }

    @Test
    void onlyTheScopesThatAnUpdateAddsMustBeHeld() {
        ApiClient writer = acme.client("keys:write");
        String rich = "/keys/"
                + admin.created("userId", "a", "scopes", List.of("billing", "reports"))
                        .path("id")
                        .asText();

        assertThat(writer.put(rich, "{\"scopes\":[\"billing\",\"keys:write\"]}").status())
                .isEqualTo(200);
        Answer refused = writer.put(rich, "{\"scopes\":[\"billing\",\"reports\"],\"description\":\"x\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("reports").doesNotContain("billing");
        assertThat(admin.get(rich).json().get("description").isNull()).isTrue();
        assertThat(writer.put(rich, "{\"scopes\":null}").status()).isEqualTo(200);
    }

    @Test
    void theFormIsJudgedBeforeTheScopesToBeGiven() {
        ApiClient writer = acme.client("keys:write");
        assertThat(writer.post("/keys", "{\"userId\":\"\",\"scopes\":[\"billing\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(writer.put("/keys/key_00000000000000000000000000", "{\"scopes\":[\"billing\"]}")
                        .status())
                .isEqualTo(404);
        assertThat(writer.with("If-Match", "\"9\"")
                        .put(path, "{\"scopes\":[\"billing\"]}")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void aKeyHasTheScopesThatItHasNowNotThoseItWasMadeWith() {
        var made = admin.created("userId", "a", "scopes", List.of("keys:read"));
        ApiClient holder = admin.withKey(made.path("key").asText());
        assertThat(holder.get("/keys").status()).isEqualTo(200);

        admin.put("/keys/" + made.path("id").asText(), "{\"scopes\":[]}");
        assertThat(holder.get("/keys").status()).isEqualTo(403);
        assertThat(List.of(holder.get(path).status(), holder.head("/keys").status()))
                .containsOnly(403);
    }
}
