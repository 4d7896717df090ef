package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.http.OpenApi.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD, OPTIONS, what is not allowed, and methods in disguise. */
class MethodsTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private static final List<String> ALL =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "FOO");

    private final Tenant acme = SERVER.tenant();
    private final String secret = acme.secret();
    private final ApiClient api = SERVER.anonymous().withKey(secret);
    private final String id = api.newKey();

    /** All but those at which every method is the same question of a proxy. */
    static List<String> paths() {
        return OpenApi.DOCUMENT.paths().stream()
                .filter(path -> !ProxyEndpoint.isAskedAt(path))
                .toList();
    }

    private static Set<String> documented(String path) {
        Set<String> methods = OpenApi.DOCUMENT.operations().stream()
                .filter(operation -> operation.path().equals(path))
                .map(Operation::method)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return methods;
    }

    private static Set<String> allowed(Answer answer) {
        return new TreeSet<>(Arrays.asList(answer.header("Allow").orElseThrow().split(", *")));
    }

    private Answer raw(String method, String path) throws Exception {
        String request =
                method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: " + secret + "\r\n\r\n";
        return RawConnection.once(SERVER.port(), RawConnection.latin1(request)).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("paths")
    @Tag("R-48")
    void everyOtherMethodIs405WithTheTrueAllow(String template) throws Exception {
        String path = template.replace("{keyId}", id);
        Set<String> documented = documented(template);
        for (String method : ALL) {
            if (!documented.contains(method)) {
                Answer answer = raw(method, path);
                assertThat(answer.status())
                        .as("%s %s: %s", method, path, answer)
                        .isEqualTo(405);
                assertThat(allowed(answer)).as("%s %s", method, path).isEqualTo(documented);
                AnswerRules.check(method, path, answer);
            }
        }
        assertThat(api.get("/keys/" + id).header("ETag")).contains("\"1\"");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void optionsTellsTheSame(String template) {
        Answer answer = api.options(template.replace("{keyId}", id));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(allowed(answer)).isEqualTo(documented(template));
    }

    @Test
    @Tag("R-20")
    void headIsGetWithoutTheBody() {
        for (String path : List.of(
                "/keys",
                "/keys?limit=1",
                "/keys/" + id,
                "/health/live",
                "/health/ready",
                "/openapi.yaml",
                "/openapi.json",
                "/docs",
                "/nowhere",
                "/keys?limit=0",
                "/keys/nobodys",
                "/keys/verify")) {
            assertHeadIsGet(api, path);
            assertHeadIsGet(SERVER.anonymous(), path);
            assertHeadIsGet(acme.client("keys:verify"), path);
        }
    }

    private static void assertHeadIsGet(ApiClient caller, String path) {
        ApiClient named = caller.with("X-Request-Id", "same");
        String get = named.get(path).comparable();
        String head = named.head(path).comparable();
        assertThat(head).as(path).isEqualTo(get.substring(0, get.indexOf("\n\n") + 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override",
                "X-HTTP-Method",
                "X-Method-Override",
                "x-http-method-override",
                "X-Original-Method"
            })
    @Tag("R-21")
    void aMethodInAHeaderIsNotObeyed(String header) {
        ApiClient disguised = api.with(header, "DELETE");
        for (Answer answer : List.of(
                disguised.get("/keys/" + id),
                disguised.post("/keys/" + id),
                disguised.put("/keys/" + id, "{}"),
                disguised.head("/keys/" + id))) {
            assertThat(answer.status()).isIn(200, 400, 405);
        }
        assertThat(api.with(header, "GET")
                        .anonymous()
                        .with(header, "GET")
                        .post("/keys", "{}")
                        .status())
                .isIn(400, 401);
        assertThat(api.get("/keys/" + id).json().get("deletedAt").isNull()).isTrue();
    }

    @Test
    @Tag("R-21")
    void aMethodInTheQueryOrTheBodyIsNotObeyed() {
        for (String name : List.of("_method", "X-HTTP-Method-Override", "method")) {
            assertThat(api.get("/keys/" + id + "?" + name + "=DELETE").status()).isEqualTo(400);
            assertThat(api.put("/keys/" + id, "{\"" + name + "\":\"DELETE\"}").status())
                    .isEqualTo(400);
        }
        assertThat(api.get("/keys/" + id).json().get("deletedAt").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path", "X-Original-URI"})
    @Tag("R-20")
    void aPathInAHeaderIsNotObeyed(String header) {
        assertThat(SERVER.anonymous().with(header, "/health/live").get("/keys").status())
                .isEqualTo(401);
        assertThat(SERVER.anonymous().with(header, "/keys").get("/health/live").text())
                .isEqualTo("{\"status\":\"live\"}");
    }

    @Test
    @Tag("R-48")
    void traceEchoesNothing() throws Exception {
        Answer answer = raw("TRACE", "/keys");
        assertThat(answer.text()).doesNotContain("X-API-Key", "TRACE /keys HTTP");
    }
}
