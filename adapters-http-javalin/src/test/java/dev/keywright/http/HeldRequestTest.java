package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 9: nothing of the request that a proxy holds changes the question, but credential and address. */
class HeldRequestTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final Tenant acme = SERVER.tenant();
    private final ApiClient admin = acme.client();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"})
    @Tag("R-21")
    void everyMethodAsksTheSame(String method) throws Exception {
        String secret = acme.secret();
        for (String target : List.of("/auth", "/auth/keys?limit=0")) {
            int yes = target.equals("/auth") ? 204 : 200;
            assertThat(raw(method, target, "X-API-Key: " + secret).status()).isEqualTo(yes);
            assertThat(raw(method, target, "X-API-Key: nonsense").status()).isEqualTo(401);
        }
    }

    private static Answer raw(String method, String target, String... headers) throws Exception {
        String request = method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n";
        Answer answer =
                RawConnection.once(SERVER.port(), RawConnection.latin1(request)).orElseThrow();
        ApiClient.judge(ApiRequest.of(method, target), answer);
        return answer;
    }

    @Test
    void aBodyIsNotReadAndTheConnectionGoesOn() throws Exception {
        String head = "POST /auth HTTP/1.1\r\nHost: x\r\nX-API-Key: " + acme.secret() + "\r\n";
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send(head + "Content-Type: image/png\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
            assertThat(connection.read().status()).isEqualTo(204);
            connection.send(head + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(204);
            connection.send("HEAD /auth HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(connection.read(true).orElseThrow().status()).isEqualTo(401);
            connection.send(head + "Connection: close\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override: DELETE",
                "X-HTTP-Method-Override: nonsense!",
                "X-Method-Override: PUT",
                "X-Original-Method: DELETE",
                "X-Original-URI: /keys",
                "X-Forwarded-Method: POST",
                "X-Forwarded-Uri: /keys",
                "X-Rewrite-URL: /health/live",
                "If-None-Match: *",
                "If-Match: \"7\"",
                "Range: bytes=0-1",
                "Expect: 100-continue",
                "Accept: image/png",
                "Content-Type: nonsense",
                "X-Company-Id: other",
                "X-Required-Scopes: !"
            })
    @Tag("R-20")
    void headersOfTheHeldRequestChangeNothing(String header) throws Exception {
        Answer plain = raw(
                "GET",
                "/auth",
                "X-API-Key: " + admin.created("userId", "u").path("key").asText());
        Answer answer = raw("GET", "/auth", header, "X-API-Key: " + acme.secret());
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("X-Company-Id")).contains(acme.company());
        assertThat(raw("GET", "/auth", header).status()).isEqualTo(401);
    }

    @Test
    void headersThatCannotBeReadAre401HereAsNoCredentialIs() throws Exception {
        String large = "X-Large: " + "x".repeat(9_000);
        String odd = "X-Odd: a\u0001b";
        for (String header : List.of(large, odd)) {
            assertThat(raw("GET", "/auth", header, "X-API-Key: " + acme.secret())
                            .status())
                    .isEqualTo(401);
            assertThat(raw("POST", "/auth/x", header).status()).isEqualTo(401);
            assertThat(raw("GET", "/authority", header).status()).isIn(400, 431);
        }
    }

    /** The path below the prefix is a client's, and must not lead out of it: Envoy would take any 200 for a yes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/../health/live",
                "/auth/..",
                "/auth/./../openapi.yaml",
                "/auth//health/live",
                "/auth/%2e%2e/health/live",
                "/auth/..%2fhealth/live",
                "/auth/..;/health/live",
                "/auth/x/../../docs",
                "/auth?/../health/live"
            })
    @Tag("R-47")
    void noPathBelowLeadsToAnotherAnswer(String target) throws Exception {
        assertThat(raw("GET", target).status()).isIn(400, 401);
        Answer answer = raw("GET", target, "X-API-Key: " + acme.secret());
        assertThat(answer.status()).isIn(200, 400, 401);
        if (answer.status() == 200) {
            assertThat(answer.header("X-Company-Id")).contains(acme.company());
            assertThat(answer.bytes()).isEmpty();
        }
    }

    @Test
    void onlyThatPathAndWhatIsBelowItIsAsked() {
        for (String path : List.of("/authx", "/Auth", "/auth;x", "/auth.json", "/v1/auth")) {
            assertThat(admin.get(path).status()).as(path).isEqualTo(404);
            assertThat(admin.post(path).status()).as(path).isEqualTo(404);
        }
    }
}
