package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keywright.http.OpenApi.Operation;
import dev.keywright.http.OpenApi.Place;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds requests and answers against the OpenAPI document. Every answer is judged; a request is judged when the answer
 * says that its form was fine, so that the document promises neither more nor less than the server keeps.
 */
final class OpenApiRules {

    /** What any request can meet, whatever its operation lists. */
    private static final Set<Integer> ANYWHERE = Set.of(400, 404, 414, 431);

    private static final Set<Integer> FORM_WAS_FINE = Set.of(200, 201, 204, 404, 409, 412);
    private static final OpenApi DOCUMENT = OpenApi.DOCUMENT;

    private OpenApiRules() {}

    static void check(ApiRequest request, Answer answer) {
        Optional<Operation> found = DOCUMENT.find(request.method(), request.path());
        if (found.isEmpty()) {
            checkOutside(request, answer);
            return;
        }
        Operation operation = found.get();
        Optional<Place> response = DOCUMENT.response(operation, answer.status());
        if (response.isPresent()) {
            checkHeaders(response.get(), answer);
            checkBody(request, response.get(), answer);
        } else {
            assertThat(ANYWHERE).as("%s answered %s", operation, answer).contains(answer.status());
        }
        if (FORM_WAS_FINE.contains(answer.status())) {
            checkParameters(operation, request);
            checkRequestBody(operation, request);
        }
    }

    private static void checkOutside(ApiRequest request, Answer answer) {
        boolean asset = request.path().startsWith("/docs/");
        boolean options = request.method().equals("OPTIONS") && answer.status() == 204;
        if (options) {
            assertThat(answer.header("Allow")).as("%s", answer).isPresent();
        } else if (!asset) {
            assertThat(answer.status())
                    .as("%s %s is not in the document and answered %s", request.method(), request.target(), answer)
                    .isGreaterThanOrEqualTo(400);
        }
    }

    private static void checkHeaders(Place response, Answer answer) {
        for (String name : JsonText.names(response.node().path("headers"))) {
            Place header = DOCUMENT.child(response, "headers", name);
            Optional<String> value = answer.header(name);
            if (header.node().path("required").asBoolean()) {
                assertThat(value).as("%s of %s", name, answer).isPresent();
            }
            value.ifPresent(text -> assertFine(DOCUMENT.child(header, "schema"), text, name + " of " + answer));
        }
    }

    private static void checkBody(ApiRequest request, Place response, Answer answer) {
        JsonNode content = response.node().path("content");
        if (content.isMissingNode() || request.method().equals("HEAD")) {
            assertThat(answer.bytes()).as("%s", answer).isEmpty();
            return;
        }
        String type = JsonText.names(content).get(0);
        String given = answer.header("Content-Type").orElse("none");
        assertThat(given.replaceFirst("(?i); *charset=utf-8$", ""))
                .as("type of %s", answer)
                .isEqualTo(type);
        Place schema = DOCUMENT.child(response, "content", type, "schema");
        boolean json = type.endsWith("json");
        JsonNode body = json ? answer.json() : JsonNodeFactory.instance.textNode(answer.text());
        assertThat(DOCUMENT.faults(schema.pointer(), body)).as("%s", answer).isEmpty();
    }

    private static void checkParameters(Operation operation, ApiRequest request) {
        Map<String, Place> query = new LinkedHashMap<>();
        for (Place parameter : DOCUMENT.parameters(operation)) {
            String name = parameter.node().path("name").asText();
            Place schema = DOCUMENT.child(parameter, "schema");
            switch (parameter.node().path("in").asText()) {
                case "query" -> query.put(name, schema);
                case "header" ->
                    request.header(name).ifPresent(value -> assertFine(schema, value, "request header " + name));
                default -> assertThat(parameter.node().path("in").asText()).isEqualTo("path");
            }
        }
        boolean queryIsIgnored =
                !operation.path().startsWith("/keys") && !operation.path().equals(ProxyEndpoint.PATH);
        List<String> seen = new ArrayList<>();
        for (String pair : request.query().map(text -> text.split("&")).orElse(new String[0])) {
            if (queryIsIgnored || pair.isEmpty()) {
                continue;
            }
            String name = decoded(pair.split("=", 2)[0]);
            assertThat(query).as("query of %s", request).containsKey(name);
            assertThat(seen).as("query of %s", request).doesNotContain(name);
            seen.add(name);
            assertFine(query.get(name), decoded(pair.substring(pair.indexOf('=') + 1)), "request query " + name);
        }
    }

    private static void checkRequestBody(Operation operation, ApiRequest request) {
        if (!operation.place().node().has("requestBody")) {
            return;
        }
        Place schema = DOCUMENT.child(operation.place(), "requestBody", "content", "application/json", "schema");
        String body = new String(request.body().orElseThrow(), StandardCharsets.UTF_8);
        assertThat(DOCUMENT.faults(schema.pointer(), JsonText.parse(body)))
                .as("accepted request %s %s %s", request.method(), request.target(), body)
                .isEmpty();
    }

    /** Parameters and headers are texts; where the schema wants a number, they are read as one. */
    private static void assertFine(Place schema, String text, String what) {
        boolean number = DOCUMENT.child(schema).node().path("type").asText().equals("integer");
        JsonNode value = number && text.matches("[0-9]{1,19}")
                ? JsonText.parse(text.replaceFirst("^0+(?=.)", ""))
                : JsonNodeFactory.instance.textNode(text);
        assertThat(DOCUMENT.faults(schema.pointer(), value)).as(what).isEmpty();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
