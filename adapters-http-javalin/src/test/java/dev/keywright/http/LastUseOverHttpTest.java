package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keywright.application.spi.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When and from where a key was used last, as its answers show it. */
class LastUseOverHttpTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.plain();

    private final Tenant acme = SERVER.tenant();
    private final ApiClient api = acme.client();
    private final JsonNode created = api.created("userId", "alice", "scopes", List.of("keys:read"));
    private final String path = "/keys/" + created.path("id").asText();
    private final String secret = created.path("key").asText();

    /** As the service does it: uses know of the time that has passed from a flush. */
    private static void passes(Duration time) {
        SERVER.time.advance(time);
        SERVER.uses.flush();
    }

    private void assertUsed(Instant at, String from) {
        SERVER.uses.flush();
        for (JsonNode key : List.of(
                api.get(path).json(), api.get("/keys").json().path("data").path(0))) {
            assertThat(key.path("id")).isEqualTo(created.path("id"));
            assertThat(key.path("lastUsedAt").textValue()).isEqualTo(LiveServer.text(at));
            assertThat(key.path("lastUsedFrom").textValue()).isEqualTo(from);
        }
    }

    @Test
    void aVerificationIsAUseFromTheAddressThatItNames() {
        api.verify("key", secret, "clientIp", "2001:DB8::0:7");
        assertUsed(SERVER.time.instant(), "2001:db8::7");

        passes(Duration.ofMinutes(1));
        api.verify("key", secret, "clientIp", "::ffff:192.0.2.7");
        assertUsed(SERVER.time.instant(), "192.0.2.7");

        passes(Duration.ofMinutes(1));
        api.verify("key", secret);
        assertUsed(SERVER.time.instant(), null);
    }

    @Test
    void toCallWithAKeyIsAUseFromTheCallersAddress() {
        assertThat(SERVER.anonymous().withKey(secret).get("/keys").status()).isEqualTo(200);

        assertUsed(SERVER.time.instant(), "127.0.0.1");
    }

    @Test
    void toBeDeniedIsNoUse() {
        api.verify("key", secret, "scopes", List.of("reports"));
        api.post(path + "/deactivate");
        api.verify("key", secret, "clientIp", "192.0.2.7");
        SERVER.uses.flush();

        JsonNode key = api.get(path).json();
        assertThat(key.get("lastUsedAt").isNull()).isTrue();
        assertThat(key.get("lastUsedFrom").isNull()).isTrue();
    }

    /** Neither tag nor revision moves, so who read the key before may still change it. */
    @Test
    void aUseIsNoChangeOfTheKey() {
        Answer before = api.get(path);
        String tag = before.header("ETag").orElseThrow();
        SERVER.time.advance(Duration.ofSeconds(1));
        api.verify("key", secret, "clientIp", "192.0.2.7");
        assertUsed(SERVER.time.instant(), "192.0.2.7");

        Answer after = api.get(path);
        assertThat(after.header("ETag")).contains(tag);
        assertThat(withoutUse(after)).isEqualTo(withoutUse(before));
        Answer changed = api.with("If-Match", tag).put(path, "{\"description\":\"used\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("lastUsedFrom").textValue()).isEqualTo("192.0.2.7");
        api.delete(path);
        assertThat(api.get(path).json().path("lastUsedFrom").textValue()).isEqualTo("192.0.2.7");
    }

    private static JsonNode withoutUse(Answer answer) {
        return ((ObjectNode) answer.json()).remove(List.of("lastUsedAt", "lastUsedFrom"));
    }

    /** A create that is sent again shows the key as it is by now. */
    @Test
    void aRepeatedCreateShowsTheUseSince() {
        ApiClient repeating = api.with("Idempotency-Key", "again-and-again");
        String body = "{\"userId\":\"alice\"}";
        String used = repeating.post("/keys", body).json().path("key").asText();
        api.verify("key", used, "clientIp", "192.0.2.7");
        SERVER.uses.flush();

        assertThat(repeating.post("/keys", body).json().path("lastUsedFrom").textValue())
                .isEqualTo("192.0.2.7");
    }

    /** A store that takes no notes keeps nobody from being verified. */
    @Test
    void whileNothingCanBeWrittenVerificationGoesOn() {
        api.verify("key", secret, "clientIp", "192.0.2.7");
        SERVER.store.failWrites();
        try {
            for (int minute = 0; minute < 3; minute++) {
                SERVER.time.advance(Duration.ofMinutes(1));
                assertThatThrownBy(SERVER.uses::flush).isInstanceOf(StoreFailure.class);
                assertThat(api.verify("key", secret).json().path("valid").asBoolean())
                        .isTrue();
            }
        } finally {
            SERVER.store.comeBack();
        }

        assertUsed(SERVER.time.instant(), null);
    }
}
