package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4: {@code description} and {@code userId}. */
class TextFieldsTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private static final List<String> EVERYTHING_GOES = List.of(
            "a",
            "x".repeat(200),
            "\ud83d\udd11".repeat(200),
            " leading and trailing ",
            "   ",
            "tab\tline\nreturn\r\u0001\u007f\u0085",
            "e\u0301 is not \u00e9",
            "\u202eright to left\u200b\ufeff\ufffd",
            "\uffff\ufdd0",
            "'; drop table api_key; --",
            "<script>alert(1)</script> \"\\/&amp;%00",
            "null");

    private final ApiClient api = SERVER.tenant().client();

    @Test
    @Tag("R-41")
    void anyTextOf1To200CodePointsIsAnsweredToTheLetter() {
        for (String text : EVERYTHING_GOES) {
            JsonNode created = api.created("userId", "alice", "description", text);
            String path = "/keys/" + created.path("id").asText();
            assertThat(created.path("description").asText()).isEqualTo(text);
            assertThat(api.get(path).json().path("description").asText()).isEqualTo(text);
            api.put(path, "{\"description\":\"other\"}");
            assertThat(api.put(path, JsonText.object("description", text))
                            .json()
                            .path("description")
                            .asText())
                    .isEqualTo(text);
        }
    }

    @Test
    void anEmptyOrLongerDescriptionIsRefused() {
        String path = "/keys/" + api.newKey();
        for (String text : List.of("", "x".repeat(201), "\ud83d\udd11".repeat(201), "x".repeat(10_000))) {
            Answer create = api.post("/keys", JsonText.object("userId", "alice", "description", text));
            Answer update = api.put(path, JsonText.object("description", text));
            assertThat(List.of(create.status(), update.status())).containsOnly(400);
            assertThat(create.faults()).containsExactly("/description");
            assertThat(update.faults()).containsExactly("/description");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "a\\u0000", "\\ud83d", "\\udd11\\ud83d", "a\\udd11", "\\ud83dx"})
    @Tag("R-41")
    void nulAndLoneSurrogatesAreErrorsInEveryText(String escaped) {
        String path = "/keys/" + api.newKey();
        assertThat(api.post("/keys", "{\"userId\":\"alice\",\"description\":\"" + escaped + "\"}")
                        .faults())
                .containsExactly("/description");
        assertThat(api.post("/keys", "{\"userId\":\"" + escaped + "\"}").faults())
                .containsExactly("/userId");
        assertThat(api.put(path, "{\"description\":\"" + escaped + "\"}").faults())
                .containsExactly("/description");
        assertThat(api.put(path, "{\"apiVersion\":\"" + escaped + "\"}").faults())
                .containsExactly("/apiVersion");
        assertThat(api.put(path, "{\"expiresAt\":\"" + escaped + "\"}").faults())
                .containsExactly("/expiresAt");
        assertThat(api.put(path, "{\"scopes\":[\"" + escaped + "\"]}").faults()).containsExactly("/scopes/0");
        assertThat(api.put(path, "{\"whitelistedIPs\":[\"" + escaped + "\"]}").faults())
                .containsExactly("/whitelistedIPs/0");
        assertThat(api.put(path, "{\"" + escaped + "\":1}").status()).isEqualTo(400);
        assertThat(api.post("/keys/verify", "{\"key\":\"x\",\"clientIp\":\"" + escaped + "\"}")
                        .faults())
                .containsExactly("/clientIp");
        int verdict = api.post("/keys/verify", "{\"key\":\"" + escaped + "\"}").status();
        assertThat(verdict).isIn(200, 400);
        assertThat(api.get(path).header("ETag")).contains("\"1\"");
    }

    @Test
    void aUserIsAnyTextOf1To255CharactersThatIsNotBlank() {
        for (String user : List.of(
                "a",
                "x".repeat(255),
                "\ud83d\udd11".repeat(255),
                " padded ",
                "a\nb",
                "auth0|5f7c8ec7c33c6c004bbafe82")) {
            assertThat(api.created("userId", user).path("userId").asText()).isEqualTo(user);
        }
        for (String user : List.of("", " ", " \t\n", "\u2003\u3000", "x".repeat(256), "\ud83d\udd11".repeat(256))) {
            Answer answer = api.post("/keys", JsonText.object("userId", user));
            assertThat(answer.status()).as("[%s]", user).isEqualTo(400);
            assertThat(answer.faults()).containsExactly("/userId");
        }
    }

    @Test
    void aUserIsRequiredAndNoNumberOrNull() {
        for (String body :
                List.of("{}", "{\"userId\":null}", "{\"userId\":1}", "{\"userId\":[\"alice\"]}", "{\"userId\":true}")) {
            Answer answer = api.post("/keys", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.faults()).as(body).containsExactly("/userId");
        }
    }
}
