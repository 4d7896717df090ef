package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 3: {@code POST /keys}, with and without an idempotency key. */
class CreateKeyTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final Tenant acme = SERVER.tenant();
    private final ApiClient api = acme.client();

    @Test
    void aNewKeyIsAnswered201WithLocationAndTag() {
        Answer answer = api.post("/keys", "{\"userId\":\"alice\"}");

        String id = answer.json().path("id").asText();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).contains("/keys/" + id);
        assertThat(answer.header("ETag")).contains("\"1\"");
        assertThat(answer.header("Idempotency-Replayed")).isEmpty();
        assertThat(api.get("/keys/" + id).json().path("createdAt"))
                .isEqualTo(answer.json().path("createdAt"));
    }

    @Test
    @Tag("R-35")
    void theLocationIsAbsoluteOnlyUnderTheConfiguredUrlWhateverTheHostHeaders() {
        ApiClient forged = api.with("Host", "evil.example")
                .with("X-Forwarded-Host", "evil.example")
                .with("X-Forwarded-Proto", "https")
                .with("Forwarded", "host=evil.example");
        assertThat(forged.post("/keys", "{\"userId\":\"alice\"}").header("Location"))
                .hasValueSatisfying(location -> assertThat(location).startsWith("/keys/key_"));

        URI url = URI.create("https://keys.example.com/base");
        try (LiveServer known =
                LiveServer.with(settings -> settings.withPublicUrl(url)).start()) {
            ApiClient there = known.tenant().client().with("Host", "evil.example");
            assertThat(there.post("/keys", "{\"userId\":\"alice\"}").header("Location"))
                    .hasValueSatisfying(location -> assertThat(location).startsWith(url + "/keys/key_"));
            there.newKey();
            assertThat(there.get("/keys?limit=1").json().path("nextUrl").asText())
                    .startsWith(url + "/keys?");
        }
    }

    @Test
    void twoIdenticalCallsMakeTwoKeys() {
        JsonNode first = api.created("userId", "alice", "description", "same");
        JsonNode second = api.created("userId", "alice", "description", "same");

        assertThat(second.path("id")).isNotEqualTo(first.path("id"));
        assertThat(second.path("key")).isNotEqualTo(first.path("key"));
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(3);
    }

    @Test
    void aKeyCreatedLaterHasTheGreaterIdEvenWhenTheClockStepsBack() {
        String before = "";
        for (int round = 0; round < 30; round++) {
            String id = api.newKey();
            assertThat(id).isGreaterThan(before);
            before = id;
            SERVER.time.advance(Duration.ofMillis(round % 3 == 0 ? -50 : 10));
        }
    }

    @Test
    @Tag("R-01")
    void secretsAndReferencesAreAllDifferentAndHaveNoOrder() {
        Set<String> randoms = new HashSet<>();
        Set<String> firstCharacters = new HashSet<>();
        for (int round = 0; round < 64; round++) {
            String key = api.created("userId", "alice").path("key").asText();
            randoms.add(key.substring(key.lastIndexOf('_') + 1));
            firstCharacters.add(key.substring(key.lastIndexOf('_') + 1).substring(0, 1));
        }
        assertThat(randoms).hasSize(64);
        assertThat(firstCharacters).hasSizeGreaterThan(20);
    }

    @Test
    void theSameIdempotencyKeyMakesOneKeyAndShowsItsSecretOnce() {
        String body = "{\"userId\":\"alice\",\"description\":\"once\"}";
        Answer first = api.with("Idempotency-Key", "abc-1").post("/keys", body);
        String path = first.header("Location").orElseThrow();
        Answer changed = api.put(path, "{\"description\":\"changed since\"}");

        Answer again = api.with("Idempotency-Key", "abc-1").post("/keys", body);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Location")).contains(path);
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.json()).isEqualTo(changed.json());
        assertThat(again.header("ETag")).isEqualTo(changed.header("ETag")).contains("\"2\"");
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @Test
    void theSameValuesAreTheSameRequestHoweverTheyAreWritten() {
        ApiClient once = api.with("Idempotency-Key", "spelling");
        Answer first = once.post("/keys", "{\"userId\":\"alice\",\"whitelistedIPs\":[\"::ffff:10.0.0.1\"]}");
        Answer again = once.post(
                "/keys", " {\"description\":null, \"whitelistedIPs\":[\"10.0.0.1/32\"],\n\"userId\":\"\\u0061lice\"} ");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    }

    @Test
    void theSameIdempotencyKeyWithAnotherRequestIs409() {
        ApiClient once = api.with("Idempotency-Key", "other");
        once.post("/keys", "{\"userId\":\"alice\"}");

        Answer answer = once.post("/keys", "{\"userId\":\"bob\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.type()).isEqualTo("/problems/idempotency-key-reused");
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @Test
    void anIdempotencyKeyBelongsToItsCallerAlone() {
        Tenant other = SERVER.tenant();
        Set<String> ids = new HashSet<>();
        for (ApiClient caller : new ApiClient[] {api, acme.client(), other.client()}) {
            Answer answer = caller.with("Idempotency-Key", "shared").post("/keys", "{\"userId\":\"alice\"}");
            assertThat(answer.header("Idempotency-Replayed")).isEmpty();
            ids.add(answer.json().path("id").asText());
        }
        assertThat(ids).hasSize(3);
    }

    @Test
    void anIdempotencyKeyIsKeptFor24Hours() {
        ApiClient once = api.with("Idempotency-Key", "day");
        String first =
                once.post("/keys", "{\"userId\":\"alice\"}").json().path("id").asText();

        SERVER.time.advance(Duration.ofHours(24));
        assertThat(once.post("/keys", "{\"userId\":\"alice\"}")
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(first);

        SERVER.time.advance(Duration.ofMillis(1));
        assertThat(once.post("/keys", "{\"userId\":\"alice\"}")
                        .json()
                        .path("id")
                        .asText())
                .isNotEqualTo(first);
    }

    @Test
    void aRepeatedCreateIsReplayedAlsoAfterTheKeyHasExpired() {
        ApiClient once = api.with("Idempotency-Key", "expires");
        String body = JsonText.object(
                "userId",
                "alice",
                "expiresAt",
                LiveServer.text(SERVER.time.instant().plusSeconds(10)));
        Answer first = once.post("/keys", body);
        SERVER.time.advance(Duration.ofSeconds(20));

        Answer again = once.post("/keys", body);

        assertThat(again.status()).as("%s", again).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.header("Location")).isPresent().isEqualTo(first.header("Location"));
        assertThat(api.post("/keys", body).faults()).containsExactly("/expiresAt");
    }

    @Test
    void aRefusedRequestUsesUpNoIdempotencyKey() {
        ApiClient once = api.with("Idempotency-Key", "refused");
        assertThat(once.post("/keys", "{\"userId\":\"\"}").status()).isEqualTo(400);
        assertThat(once.post("/keys", "{\"userId\":\"alice\",\"scopes\":[\"not-held\"]}")
                        .status())
                .isEqualTo(403);

        assertThat(once.post("/keys", "{\"userId\":\"alice\"}").status()).isEqualTo(201);
    }

    @Test
    void anIdempotencyKeyIs1To255VisibleAsciiCharacters() throws Exception {
        assertThat(api.with("Idempotency-Key", "!" + "~".repeat(254))
                        .post("/keys", "{\"userId\":\"alice\"}")
                        .status())
                .isEqualTo(201);
        for (String bad : new String[] {"", "a b", "x".repeat(256), "sm\u00f8r", "a\tb"}) {
            String secret = acme.secret();
            Answer answer = RawConnection.once(
                            SERVER.port(),
                            RawConnection.latin1("POST /keys HTTP/1.1\r\nHost: x\r\nX-API-Key: " + secret
                                    + "\r\nIdempotency-Key: " + bad + "\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 18\r\nConnection: close\r\n\r\n{\"userId\":\"alice\"}"))
                    .orElseThrow();
            assertThat(answer.status()).as("%s: %s", bad, answer).isEqualTo(400);
            assertThat(answer.faults()).containsExactly("Idempotency-Key:");
        }
    }
}
