package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.KeyPolicy;
import dev.keywright.domain.Pepper;
import dev.keywright.domain.SecretDigester;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 7: a store that is away is 503 with Retry-After, never 401, never 500, never a verdict. */
@Tag("R-16")
class StoreAwayTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.with(UnaryOperator.identity());

    private final ApiClient api = SERVER.tenant().client();
    private final String path = "/keys/" + api.newKey();

    @AfterEach
    void comeBack() {
        SERVER.store.comeBack();
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(503);
        assertThat(answer.type()).isEqualTo("/problems/unavailable");
        assertThat(answer.text()).doesNotContain("jdbc", "select", "refused");
    }

    @Test
    void everyOperationIs503() {
        SERVER.store.goAway();
        for (Answer answer : List.of(
                api.get("/keys"),
                api.get(path),
                api.post("/keys", "{\"userId\":\"a\"}"),
                api.put(path, "{\"description\":\"x\"}"),
                api.delete(path),
                api.post(path + "/deactivate"),
                api.post(path + "/activate"),
                api.verify("key", "x"))) {
            assertUnavailable(answer);
        }
    }

    @Test
    void whatNeedsNoStoreIsAnsweredAllTheSame() {
        SERVER.store.goAway();
        assertThat(SERVER.anonymous().get("/keys").status()).isEqualTo(401);
        assertThat(SERVER.anonymous().withKey("nonsense").get("/keys").status()).isEqualTo(401);
        assertThat(SERVER.anonymous().get("/health/live").status()).isEqualTo(200);
        assertThat(SERVER.anonymous().get("/openapi.json").status()).isEqualTo(200);
        assertUnavailable(SERVER.anonymous().get("/health/ready"));
    }

    @Test
    void aFailedWriteLeavesEverythingAsItWas() {
        SERVER.store.failWrites();
        assertUnavailable(api.put(path, "{\"description\":\"x\"}"));
        assertUnavailable(api.post("/keys", "{\"userId\":\"a\"}"));
        assertUnavailable(api.with("Idempotency-Key", "w").post("/keys", "{\"userId\":\"a\"}"));
        assertUnavailable(api.delete(path));
        assertThat(api.get(path).header("ETag")).contains("\"1\"");
        assertThat(api.verify("key", "x").status()).isEqualTo(200);

        SERVER.store.comeBack();
        assertThat(api.with("Idempotency-Key", "w")
                        .post("/keys", "{\"userId\":\"a\"}")
                        .header("Idempotency-Replayed"))
                .isEmpty();
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(3);
    }

    @Test
    void itGoesOnByItselfWhenTheStoreIsBack() {
        SERVER.store.goAway();
        assertUnavailable(api.get("/keys"));
        SERVER.store.comeBack();
        assertThat(api.get("/keys").status()).isEqualTo(200);
        assertThat(SERVER.anonymous().get("/health/ready").text()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void aKeyWhosePepperIsMissingIs503AndNeverADenial() {
        SecretDigester peppered = SecretDigester.peppered(List.of(new Pepper("0123456789abcdef0123456789abcdef")));
        String secret;
        try (LiveServer first = LiveServer.with(KeyPolicy.defaults().withDigester(peppered), UnaryOperator.identity())
                .start()) {
            secret = first.tenant().secret();
            assertThat(first.anonymous().withKey(secret).get("/keys").status()).isEqualTo(200);
            try (LiveServer without = LiveServer.onStoreOf(first).start()) {
                assertUnavailable(without.anonymous().withKey(secret).get("/keys"));
                assertUnavailable(without.anonymous().withBearer(secret).get("/keys"));
            }
        }
    }
}
