package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 7: problems, request ids, refusals by the container itself. Their common shape is in {@link AnswerRules}. */
class ProblemShapeTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final Tenant acme = SERVER.tenant();
    private final ApiClient api = acme.client();

    private Answer raw(String request) throws Exception {
        byte[] bytes = RawConnection.latin1(request);
        Answer answer = RawConnection.once(SERVER.port(), bytes).orElseThrow();
        AnswerRules.check(request.substring(0, Math.max(0, request.indexOf(' '))), "/", answer);
        return answer;
    }

    @Test
    void aProblemHasItsFiveNamesAndErrorsForValidationAlone() {
        assertThat(JsonText.names(api.get("/nowhere").json()))
                .containsExactly("type", "title", "status", "detail", "requestId");
        assertThat(JsonText.names(api.get("/keys?limit=0").json()))
                .containsExactly("type", "title", "status", "detail", "requestId", "errors");
    }

    @Test
    void anUnknownPathIs404AndItsTypeIsNotFound() {
        for (String path : List.of(
                "/", "/nowhere", "/keys/a/b", "/keys/x/deactivate/y", "/index.html", "/favicon.ico", "/docs/x")) {
            Answer answer = api.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.type()).isEqualTo("/problems/not-found");
        }
    }

    @Test
    void theRequestIdIsTheCallersOwnOrMadeUp() {
        for (String own : List.of("a", "3f6c1a2b-export-17", "A.b_c-9", "x".repeat(64))) {
            Answer answer = api.with("X-Request-Id", own).get("/keys?limit=0");
            assertThat(answer.header("X-Request-Id")).contains(own);
            assertThat(answer.json().path("requestId").asText()).isEqualTo(own);
            assertThat(api.with("X-Request-Id", own).get("/health/live").header("X-Request-Id"))
                    .contains(own);
        }
        for (String bad : List.of("", "a b", "x".repeat(65), "a/b", "\u00e9", "<script>", "a,b")) {
            Answer answer = api.with("X-Request-Id", bad).get("/keys");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("X-Request-Id"))
                    .hasValueSatisfying(id -> assertThat(id).isNotEqualTo(bad));
        }
        assertThat(api.get("/keys").header("X-Request-Id"))
                .isNotEqualTo(api.get("/keys").header("X-Request-Id"));
    }

    @Test
    void twoRequestIdsAreNoneOfBoth() throws Exception {
        Answer answer = raw("GET /health/live HTTP/1.1\r\nHost: x\r\nX-Request-Id: one\r\nX-Request-Id: two\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(answer.header("X-Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).isNotIn("one", "two", "one, two"));
    }

    @Test
    @Tag("R-59")
    void aRequestLineThatIsTooLongIs414() throws Exception {
        for (int length : new int[] {20_000, 100_000}) {
            Answer answer = raw("GET /keys?limit=" + "1".repeat(length) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer.status()).isEqualTo(414);
            assertThat(answer.type()).isEqualTo("/problems/uri-too-long");
        }
    }

    @Test
    @Tag("R-59")
    void headersOverTheDocumented8KiBAre431AndBelowTheyAreRead() throws Exception {
        String head = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        assertThat(raw(head + "X-Long: " + "x".repeat(7_900) + "\r\n\r\n").status())
                .isEqualTo(200);
        for (String headers : List.of(
                "X-Long: " + "x".repeat(8_300) + "\r\n",
                "X-Long: " + "x".repeat(200_000) + "\r\n",
                "X-Many: 1\r\n".repeat(3_000))) {
            Answer answer = raw(head + headers + "\r\n");
            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.type()).isEqualTo("/problems/headers-too-large");
        }
    }

    @Test
    @Tag("R-50")
    void whatIsNoHttpIsAnsweredAsAProblemOrByHangingUp() throws Exception {
        for (String request : List.of(
                "GET\r\n\r\n",
                "GET /keys\r\n\r\n",
                "GET /keys HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /keys HTTP/1.1\r\n\r\n",
                "GET /keys HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /keys HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /keys HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n",
                "GET /keys HTTP/1.1\r\nHost: x\r\n Folded: y\r\n\r\n",
                "GET /keys HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n",
                "GET /keys HTTP/1.1\r\nHost: x\r\nX A: b\r\n\r\n",
                "GET /keys HTTP/1.1\r\nHost: x\r\nX-A : b\r\n\r\n",
                "GET /keys HTTP/1.1\r\nHost: x\r\nX-\0: b\r\n\r\n",
                "GET /keys HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\n\r\n",
                "GET /keys HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n",
                "GET  /keys HTTP/1.1\r\nHost: x\r\n\r\n",
                "G\u00cbT /keys HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET keys HTTP/1.1\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            var answer = RawConnection.once(SERVER.port(), RawConnection.latin1(request));
            if (answer.isPresent()) {
                assertThat(answer.get().status()).as(request).isIn(400, 401, 404);
                AnswerRules.check("GET", "/", answer.get());
            }
        }
    }

    @Test
    @Tag("R-51")
    void noAnswerSetsCookiesAllowsOtherOriginsOrNamesTheServer() {
        ApiClient browser = api.with("Origin", "https://evil.example")
                .with("Access-Control-Request-Method", "DELETE")
                .with("Access-Control-Request-Headers", "x-api-key");
        for (Answer answer : List.of(
                browser.get("/keys"),
                browser.options("/keys"),
                browser.anonymous().with("Origin", "null").get("/docs"),
                browser.get("/nowhere"))) {
            for (String name : List.of("Set-Cookie", "Server", "X-Powered-By", "Access-Control-Allow-Origin", "Vary")) {
                assertThat(answer.header(name)).isEmpty();
            }
        }
    }

    @Test
    void acceptChangesNothing() {
        for (String accept : List.of("text/html", "application/xml", "*/*;q=0", "", "image/png, text/plain;q=0.1")) {
            assertThat(api.with("Accept", accept).get("/keys").header("Content-Type"))
                    .contains("application/json");
            assertThat(api.with("Accept", accept).get("/nowhere").header("Content-Type"))
                    .contains("application/problem+json");
        }
        assertThat(api.with("Accept-Encoding", "gzip, br, deflate").get("/keys").header("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void faultsAreJudgedInTheDocumentedOrder() {
        String id = api.newKey();
        ApiClient reader = acme.client("keys:read");
        ApiClient writer = acme.client("keys:write");
        Map<Integer, Answer> inOrder = new LinkedHashMap<>();
        inOrder.put(400, api.with("Authorization", "Bearer x").post("/nowhere", "{"));
        inOrder.put(401, SERVER.anonymous().send(ApiRequest.of("PATCH", "/nowhere")));
        inOrder.put(405, reader.send(ApiRequest.of("PATCH", "/keys/" + id)));
        inOrder.put(403, reader.post("/keys", "x".repeat(70_000)));
        inOrder.put(415, writer.send(ApiRequest.of("PUT", "/keys/none").withBody(new byte[] {'{'})));
        inOrder.put(413, writer.put("/keys/none", "x".repeat(70_000)));
        inOrder.put(404, writer.with("If-Match", "\"9\"").put("/keys/none", "{\"scopes\":[\"billing\"]}"));
        inOrder.put(412, writer.with("If-Match", "\"9\"").put("/keys/" + id, "{\"scopes\":[\"billing\"]}"));
        inOrder.forEach(
                (status, answer) -> assertThat(answer.status()).as("%s", answer).isEqualTo(status));
        api.put("/keys/" + id, "{\"apiVersion\":\"2024-01-01\"}");
        assertThat(writer.put("/keys/" + id, "{\"scopes\":[\"billing\"],\"apiVersion\":\"2023-01-01\"}")
                        .status())
                .isIn(403, 409);
    }
}
