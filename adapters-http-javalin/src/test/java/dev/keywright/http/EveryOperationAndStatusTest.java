package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keywright.http.OpenApi.Operation;
import dev.keywright.http.OpenApi.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks through the OpenAPI document itself: each operation is made to answer with each status that the document lists for it,
 * and every answer is held against its schema. A status that is added to the document fails here until it can be provoked.
 */
@Tag("R-27")
class EveryOperationAndStatusTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.with(UnaryOperator.identity());

    @RegisterExtension
    static final LiveServer THROTTLED = LiveServer.with(settings -> settings.withAuthFailuresPerMinute(1));

    private static final String LARGE = "{\"userId\":\"" + "x".repeat(66_000) + "\"}";

    private final Tenant acme = SERVER.tenant();
    private final ApiClient api = acme.client();
    private final String id = api.newKey();

    static Stream<Arguments> all() {
        return OpenApi.DOCUMENT.operations().stream()
                .flatMap(operation -> operation.statuses().stream().map(status -> Arguments.of(operation, status)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyDocumentedStatusCanBeProvokedAndKeepsToItsSchema(Operation operation, int status) {
        Answer answer = provoke(operation, status);
        SERVER.store.comeBack();

        assertThat(answer.status()).as("%s: %s", operation, answer).isEqualTo(status);
        assertThat(OpenApi.DOCUMENT.response(operation, status)).isPresent();
        if (!operation.path().startsWith("/openapi") && hasJson(answer)) {
            assertOneFieldMoreWouldBeNoticed(operation, answer);
        }
    }

    private static boolean hasJson(Answer answer) {
        return answer.header("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
    }

    /** A document that let any field through would not notice one that was never meant to be answered. */
    private static void assertOneFieldMoreWouldBeNoticed(Operation operation, Answer answer) {
        Place response = OpenApi.DOCUMENT.response(operation, answer.status()).orElseThrow();
        String type = JsonText.names(response.node().path("content")).get(0);
        Place schema = OpenApi.DOCUMENT.child(response, "content", type, "schema");
        ObjectNode more = answer.json().deepCopy();
        more.put("digest", "x");
        assertThat(OpenApi.DOCUMENT.faults(schema.pointer(), more))
                .as("%s %s with one field more", operation, answer.status())
                .isNotEmpty();
        if (operation.path().equals("/keys") && answer.status() == 200) {
            ObjectNode inside = answer.json().deepCopy();
            ((ObjectNode) inside.path("data").path(0)).put("digest", "x");
            assertThat(OpenApi.DOCUMENT.faults(schema.pointer(), inside))
                    .as("a key of the list with one field more")
                    .isNotEmpty();
        }
    }

    private Answer provoke(Operation operation, int status) {
        return ProxyEndpoint.isAskedAt(operation.path())
                ? provokeForProxy(operation.path(), status)
                : provokePlainly(operation, status);
    }

    private Answer provokeForProxy(String path, int status) {
        String query = path.equals(ProxyEndpoint.PATH) ? "?scopes=" : "";
        return switch (status) {
            case 200, 204 -> api.get(path);
            case 400 -> query.isEmpty() ? api.with("X-Required-Scopes", "").get(path) : api.get(path + query);
            case 401 -> SERVER.anonymous().get(path);
            case 403 ->
                query.isEmpty() ? api.with("X-Required-Scopes", "gold").get(path) : api.get(path + query + "gold");
            case 503 -> {
                SERVER.store.goAway();
                yield api.get(path);
            }
            default -> throw new AssertionError("nobody knows how to provoke " + status + " of " + path);
        };
    }

    private Answer provokePlainly(Operation operation, int status) {
        boolean hasBody = operation.place().node().has("requestBody");
        return switch (status) {
            case 200, 201, 204 -> send(api, operation, goodBody(operation), "");
            case 400 ->
                hasBody
                        ? send(api, operation, Optional.of("{\"nope\":1}"), "")
                        : send(api, operation, Optional.empty(), "?nope=1");
            case 401 -> send(SERVER.anonymous(), operation, goodBody(operation), "");
            case 403 -> send(acme.client("reports"), operation, goodBody(operation), "");
            case 404 -> sendTo(api, operation, "key_00000000000000000000000000", goodBody(operation));
            case 409 -> conflict(operation);
            case 412 -> send(api.with("If-Match", "\"77\""), operation, goodBody(operation), "");
            case 413 -> send(api, operation, Optional.of(LARGE), "");
            case 415 ->
                api.send(ApiRequest.of(operation.method(), path(operation, id))
                        .with("Content-Type", "text/plain")
                        .withBody(RawConnection.latin1("{}")));
            case 429 -> throttled(operation);
            case 503 -> {
                SERVER.store.goAway();
                yield send(
                        operation.path().startsWith("/health") ? SERVER.anonymous() : api,
                        operation,
                        goodBody(operation),
                        "");
            }
            default -> throw new AssertionError("nobody knows how to provoke " + status + " of " + operation);
        };
    }

    private Answer conflict(Operation operation) {
        if (operation.id().equals("createKey")) {
            ApiClient once = api.with("Idempotency-Key", "conflict");
            once.post("/keys", "{\"userId\":\"someone else\"}");
            return send(once, operation, goodBody(operation), "");
        }
        api.delete("/keys/" + id);
        return send(api, operation, goodBody(operation), "");
    }

    private Answer throttled(Operation operation) {
        ApiClient stranger = THROTTLED.anonymous();
        send(stranger, operation, goodBody(operation), "");
        return send(stranger, operation, goodBody(operation), "");
    }

    private Optional<String> goodBody(Operation operation) {
        return switch (operation.id()) {
            case "createKey" -> Optional.of("{\"userId\":\"alice\"}");
            case "updateKey" -> Optional.of("{\"description\":\"x\"}");
            case "verifyKey" -> Optional.of("{\"key\":\"x\"}");
            default -> Optional.empty();
        };
    }

    private Answer send(ApiClient caller, Operation operation, Optional<String> body, String query) {
        String target = path(operation, id) + query;
        return caller.send(body.map(json -> ApiRequest.json(operation.method(), target, json))
                .orElseGet(() -> ApiRequest.of(operation.method(), target)));
    }

    private static Answer sendTo(ApiClient caller, Operation operation, String key, Optional<String> body) {
        String target = path(operation, key);
        return caller.send(body.map(json -> ApiRequest.json(operation.method(), target, json))
                .orElseGet(() -> ApiRequest.of(operation.method(), target)));
    }

    private static String path(Operation operation, String key) {
        return operation.path().replace("{keyId}", key);
    }

    @Test
    void thePathsAndMethodsOfTheDocumentAreTheRegisteredOnes() {
        Set<String> documented = OpenApi.DOCUMENT.operations().stream()
                .map(Operation::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> registered = SERVER.server().operations().stream()
                .filter(operation -> !operation.contains(" /docs/"))
                .filter(operation ->
                        !List.of("HEAD", "OPTIONS").contains(operation.split(" ")[0]))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(registered).isEqualTo(documented);
    }

    @Test
    void everyConflictOfAnUpdateHasItsOwnType() {
        String path = "/keys/" + id;
        api.put(path, "{\"apiVersion\":\"2023-01-01\"}");
        api.put(path, "{\"apiVersion\":\"2024-01-01\"}");
        assertThat(api.put(path, "{\"apiVersion\":\"2022-01-01\"}").type()).isEqualTo("/problems/version-never-pinned");
        SERVER.time.advance(Duration.ofDays(4));
        assertThat(api.put(path, "{\"apiVersion\":\"2023-01-01\"}").type())
                .isEqualTo("/problems/downgrade-window-closed");
        api.delete(path);
        assertThat(api.put(path, "{}").type()).isEqualTo("/problems/key-deleted");
    }

    @Test
    void everyKeyOperationNamesItsScopeAndAllThreeSchemes() {
        for (Operation operation : OpenApi.DOCUMENT.operations()) {
            var security = operation.place().node().path("security");
            if (operation.path().startsWith("/keys")) {
                assertThat(JsonText.list(security).stream().flatMap(one -> JsonText.names(one).stream()))
                        .containsExactlyInAnyOrder("oauth2", "bearerAuth", "apiKeyHeader");
                String scope = security.path(0).path("oauth2").path(0).asText();
                ApiClient holder = acme.client(scope);
                int status = send(holder, operation, goodBody(operation), "").status();
                assertThat(status).as("%s with %s", operation, scope).isIn(200, 201, 204, 409);
            } else if (ProxyEndpoint.isAskedAt(operation.path())) {
                assertThat(security.isMissingNode())
                        .as("%s takes any good credential, as the document says for all", operation)
                        .isTrue();
            } else {
                assertThat(security.isEmpty() && security.isArray())
                        .as("%s", operation)
                        .isTrue();
            }
        }
    }
}
