package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 3: get, delete; the switches; {@code ETag} and {@code If-Match}. */
class DeleteAndSwitchTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final ApiClient api = SERVER.tenant().client();
    private final JsonNode created = api.created("userId", "alice");
    private final String path = "/keys/" + created.path("id").asText();

    private String code() {
        return api.verify("key", created.path("key").asText())
                .json()
                .path("code")
                .asText();
    }

    @Test
    void deletingIsSoftAndTheKeyStaysReadable() {
        Answer answer = api.delete(path);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.bytes()).isEmpty();
        assertThat(api.get(path).json().get("deletedAt").isNull()).isFalse();
        assertThat(api.get("/keys?status=inactive").json().path("data").path(0))
                .isEqualTo(api.get(path).json());
    }

    @Test
    void deletingAgainIs204AndTheFirstInstantStays() {
        api.delete(path);
        Answer first = api.get(path);
        SERVER.time.advance(Duration.ofHours(1));

        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.get(path).json()).isEqualTo(first.json());
        assertThat(api.get(path).header("ETag")).isEqualTo(first.header("ETag"));
    }

    @Test
    @Tag("R-56")
    void deletionsAtTheSameTimeAllSucceedAndHappenOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Answer>> deletions = Collections.nCopies(12, () -> api.delete(path));
            for (Future<Answer> answer : threads.invokeAll(deletions)) {
                assertThat(answer.get().status()).isEqualTo(204);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(api.get(path).header("ETag")).contains("\"2\"");
    }

    @Test
    @Tag("R-11")
    void noVerificationAfterThe204GrantsTheKey() {
        ApiClient holder = api.withKey(api.created("userId", "bob", "scopes", List.of("keys:read"))
                .path("key")
                .asText());
        String holderPath =
                api.get("/keys?limit=1").json().path("data").path(0).path("id").asText();
        assertThat(code()).isEqualTo("VALID");
        assertThat(holder.get("/keys").status()).isEqualTo(200);

        api.delete(path);
        api.delete("/keys/" + holderPath);

        assertThat(code()).isEqualTo("DELETED");
        assertThat(holder.get("/keys").status()).isEqualTo(401);
    }

    @Test
    void switchingOffAndOnIsSeenByVerificationAtOnceAndIsIdempotent() {
        Answer off = api.post(path + "/deactivate");
        assertThat(off.json().path("status").asText()).isEqualTo("inactive");
        assertThat(code()).isEqualTo("INACTIVE");
        SERVER.time.advance(Duration.ofSeconds(1));
        Answer offAgain = api.post(path + "/deactivate");
        assertThat(offAgain.json()).isEqualTo(off.json());
        assertThat(offAgain.header("ETag")).isEqualTo(off.header("ETag")).contains("\"2\"");

        Answer on = api.post(path + "/activate");
        assertThat(on.json().path("status").asText()).isEqualTo("active");
        assertThat(on.header("ETag")).contains("\"3\"");
        assertThat(code()).isEqualTo("VALID");
        assertThat(api.post(path + "/activate").json()).isEqualTo(on.json());
    }

    @Test
    void aSwitchNeitherReadsABodyNorAsksForItsType() {
        assertThat(api.send(ApiRequest.of("POST", path + "/deactivate").withBody(new byte[] {'{', 0, (byte) 0xff}))
                        .status())
                .isEqualTo(200);
        assertThat(api.send(ApiRequest.of("DELETE", path).withBody(new byte[] {'{'}))
                        .status())
                .isEqualTo(204);
    }

    @Test
    void everySingleKeyAnswerHasTheRevisionAsItsTag() {
        assertThat(api.get(path).header("ETag")).contains("\"1\"");
        assertThat(api.put(path, "{\"description\":\"x\"}").header("ETag")).contains("\"2\"");
        assertThat(api.get(path).header("ETag")).contains("\"2\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"1\"", "\"7\", \"1\"", "\"a,b\",W/\"9\" ,\t\"1\"", "\"1\""})
    void aMatchingTagLetsTheChangeHappen(String tags) {
        ApiClient careful = api.with("If-Match", tags);

        assertThat(careful.put(path, "{}").status()).isEqualTo(200);
        assertThat(careful.post(path + "/activate").status()).isEqualTo(200);
        assertThat(careful.delete(path).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "W/\"1\"", "\"01\"", "\"\"", "\"7\",\"8\"", "\"99999999999999999999\""})
    void withoutAMatchingTagNothingHappens(String tags) {
        ApiClient careful = api.with("If-Match", tags);
        for (Answer answer : List.of(
                careful.put(path, "{\"description\":\"x\"}"),
                careful.put(path, "{}"),
                careful.post(path + "/deactivate"),
                careful.post(path + "/activate"),
                careful.delete(path))) {
            assertThat(answer.status()).isEqualTo(412);
            assertThat(answer.type()).isEqualTo("/problems/precondition-failed");
        }
        assertThat(api.get(path).header("ETag")).contains("\"1\"");
        assertThat(code()).isEqualTo("VALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "\"1 \"", "\"1", "1\"", "w/\"1\"", "\"1\",", ",\"1\"", "*,\"1\"", "\"1\" \"2\"", "'1'"})
    void tagsOfAnotherFormAreA400(String tags) throws Exception {
        for (String head : List.of("PUT " + path, "DELETE " + path, "POST " + path + "/deactivate")) {
            String body = head.startsWith("PUT") ? "{}" : "";
            Answer answer = RawConnection.once(
                            SERVER.port(),
                            RawConnection.latin1(head + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + secret()
                                    + "\r\nIf-Match: " + tags + "\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body))
                    .orElseThrow();
            assertThat(answer.status()).as("%s: %s", tags, answer).isEqualTo(400);
            assertThat(answer.faults()).containsExactly("If-Match:");
        }
        assertThat(api.get(path).header("ETag")).contains("\"1\"");
    }

    private String secret() {
        return api.created("userId", "x", "scopes", List.of("keys:write"))
                .path("key")
                .asText();
    }

    @Test
    void existenceIsJudgedBeforeTheTagAndTheTagBeforeTheRules() {
        ApiClient stale = api.with("If-Match", "\"77\"");
        assertThat(stale.delete("/keys/key_00000000000000000000000000").status())
                .isEqualTo(404);

        api.delete(path);
        assertThat(stale.put(path, "{\"description\":\"x\"}").status()).isEqualTo(412);
        assertThat(stale.post(path + "/activate").status()).isEqualTo(412);
        assertThat(api.with("If-Match", "\"1\"").delete(path).status()).isEqualTo(412);
        assertThat(api.with("If-Match", "\"2\"").delete(path).status()).isEqualTo(204);
        assertThat(api.with("If-Match", "*").put(path, "{}").status()).isEqualTo(409);
    }
}
