package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every odd spelling of a path, with every method, without and with credentials: never through without them, never somewhere
 * else with them, never a change.
 */
@Tag("R-20")
@Tag("R-47")
class PathSpellingTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private static final List<String> METHODS = List.of(
            "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "FOO");

    private final Tenant acme = SERVER.tenant();
    private final String secret = acme.secret();
    private final ApiClient api = SERVER.anonymous().withKey(secret);
    private String id = "";
    private String before = "";

    @BeforeEach
    void aKey() {
        id = api.newKey();
        before = state();
    }

    private String state() {
        return api.get("/keys").json().path("data")
                + api.get("/keys?status=inactive").text()
                + api.get("/keys/" + id).text();
    }

    static List<String> spellings() {
        return List.of(
                "//keys",
                "/keys//",
                "/keys/",
                "/keys;a=b",
                "/keys;",
                ";/keys",
                "/;/keys",
                "/KEYS",
                "/Keys",
                "/keys%20",
                "/keys+",
                "/keys.",
                "/keys.json",
                "/keys%00",
                "/keys%2f",
                "/keys%2F",
                "/%6beys",
                "/k%65ys",
                "/keys%0a",
                "/keys%0d%0aX:y",
                "/keys%3flimit=1",
                "/keys%23",
                "/keys?%00",
                "/keys#x",
                "/keys\\",
                "\\keys",
                "/./keys",
                "/../keys",
                "/x/../keys",
                "/keys/.",
                "/keys/..",
                "/keys/./ID",
                "/keys/../keys/ID",
                "/%2e/keys",
                "/%2e%2e/keys",
                "/%2E%2E/keys",
                "/..;/keys",
                "/x/..;/keys",
                "/%252e%252e/keys",
                "/keys/%2e%2e/keys",
                "/keys%2fID",
                "/keys%2FID",
                "/keys%5cID",
                "/keys/ID/",
                "/keys//ID",
                "/keys/ID;x=y",
                "/keys/ID%00",
                "/keys/ID%20",
                "/keys/ID%2fdeactivate",
                "/keys/ID/deactivate/",
                "/keys/ID//deactivate",
                "/keys/ID/DEACTIVATE",
                "/keys/ID/deactivate;",
                "/keys/ID/deactivate%00",
                "/keys/ID/../ID",
                "/keys/verify/",
                "/keys/Verify",
                "/keys/verify;x",
                "/%zz",
                "/keys/%zz",
                "/keys/%",
                "/keys/%4",
                "/keys/%u0041",
                "/keys/%u006bey",
                "/keys/%c0%ae%c0%ae",
                "/keys/%ff",
                "/keys/%ed%a0%80",
                "/keys/\u00e9",
                "/keys/\u00ff\u00fe",
                "/keys/%E2%80%AE",
                "/keys/<x>",
                "/keys/{keyId}",
                "/keys/*",
                "/keys/:id",
                "*",
                "http://127.0.0.1/keys/x",
                "http://evil.example/keys",
                "https://x:y@evil/keys",
                "//evil.example/keys",
                "/health/live/",
                "/health/live/../../keys",
                "/health/live/..;/keys",
                "/health/live%2f..%2f..%2fkeys",
                "/health/live;/../keys",
                "/health//live",
                "/health/LIVE",
                "/openapi.json/",
                "/openapi.json/../keys",
                "/openapi.yaml%00",
                "/openapi.yml",
                "/docs/",
                "/docs/../keys",
                "/docs/..%2fkeys",
                "/docs/%2e%2e/keys",
                "/docs/..%5ckeys",
                "/docs/%2e%2e%2f%2e%2e%2fetc/passwd",
                "/docs/../../dev/keywright/http/openapi.yaml",
                "/docs/docs.js/",
                "/docs/docs.js%00.css",
                "/docs/swagger-ui.css.map",
                "/webjars/swagger-ui/5.34.1/index.html",
                "/META-INF/MANIFEST.MF",
                "/WEB-INF/web.xml",
                "/h2-console",
                "/metrics",
                "/admin",
                "/",
                "");
    }

    private Optional<Answer> send(String method, String path, String headers) throws Exception {
        String body = method.equals("POST") || method.equals("PUT") ? "{\"description\":\"x\"}" : "";
        String request = method + " " + path.replace("ID", id) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + headers
                + (body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n")
                + "\r\n"
                + body;
        Optional<Answer> answer = RawConnection.once(SERVER.port(), RawConnection.latin1(request));
        answer.ifPresent(given -> {
            assertThat(given.status()).as("%s %s: %s", method, path, given).isLessThan(500);
            if (!method.equals("HEAD") || given.bytes().length > 0) {
                AnswerRules.check(method, given.status() < 400 ? path : "/", given);
            }
        });
        return answer;
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void noSpellingLeadsPastTheCredentialsOrToAnotherPath(String path) throws Exception {
        String key = "X-API-Key: " + secret + "\r\n";
        for (String method : METHODS) {
            Optional<Answer> stranger = send(method, path, "");
            stranger.ifPresent(answer -> assertThat(answer.status())
                    .as("%s %s without credentials: %s", method, path, answer)
                    .isIn(400, 401));
            Optional<Answer> holder = send(method, path, key);
            holder.ifPresent(answer -> assertThat(answer.status())
                    .as("%s %s with credentials: %s", method, path, answer)
                    .isIn(withCredentials(method, path)));
        }
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "PRI"})
    void theServerAsAWholeNeedsCredentialsTooAndIsNoPath(String method) throws Exception {
        Answer stranger = send(method, "*", "").orElseThrow();
        assertThat(stranger.status()).as("%s", stranger).isEqualTo(401);
        Answer holder = send(method, "*", "X-API-Key: " + secret + "\r\n").orElseThrow();
        assertThat(holder.status()).as("%s", holder).isEqualTo(404);
    }

    /**
     * Two spellings are the list itself: a client's fragment is no part of a request, and letters may be percent-encoded. Any
     * one segment below {@code /keys} is the place of a key, so its methods can be asked for; there is no such key.
     */
    private static List<Integer> withCredentials(String method, String path) {
        boolean list = List.of("/keys#x", "/%6beys", "/k%65ys").contains(path);
        if (list && List.of("GET", "HEAD").contains(method)) {
            return List.of(200, 400, 404);
        }
        return method.equals("OPTIONS") ? List.of(204, 400, 404, 405) : List.of(400, 404, 405);
    }
}
