package dev.keywright.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI document as a judge: which operations there are, and whether a value keeps to one of its schemas. */
final class OpenApi {

    private static final String IRI = "https://keywright.dev/openapi.json";
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

    static final OpenApi DOCUMENT = new OpenApi();

    private final JsonNode root;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final List<Operation> operations = new ArrayList<>();

    /** One method of one path. */
    record Operation(String method, String path, Place place) {

        String id() {
            return place.node().path("operationId").asText();
        }

        List<Integer> statuses() {
            return JsonText.names(place.node().path("responses")).stream()
                    .map(Integer::valueOf)
                    .toList();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** A node and its JSON pointer. */
    record Place(String pointer, JsonNode node) {}

    private OpenApi() {
        try (InputStream yaml = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            root = new ObjectMapper(new YAMLFactory()).readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = JsonText.write(root);
        registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(IRI, text)));
        for (String path : JsonText.names(root.path("paths"))) {
            Place item = child(new Place("", root), "paths", path);
            for (String method : METHODS) {
                if (item.node().has(method)) {
                    operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, child(item, method)));
                }
            }
        }
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        return operations;
    }

    List<String> paths() {
        return JsonText.names(root.path("paths"));
    }

    /**
     * The operation that a request is for; HEAD is for the GET. Literal paths come before templates. Proxies ask with any method,
     * and Envoy with any path below its prefix.
     */
    Optional<Operation> find(String method, String given) {
        boolean proxy = ProxyEndpoint.isAskedAt(given);
        String path = proxy && !given.equals(ProxyEndpoint.PATH) ? ProxyEndpoint.BELOW : given;
        String asked = proxy || method.equals("HEAD") ? "GET" : method;
        Optional<String> template = paths().stream()
                .filter(path::equals)
                .findFirst()
                .or(() -> paths().stream()
                        .filter(candidate -> pattern(candidate).matcher(path).matches())
                        .findFirst());
        return operations.stream()
                .filter(operation -> operation.method().equals(asked)
                        && template.filter(operation.path()::equals).isPresent())
                .findFirst();
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(template.replaceAll("\\{[^}]*}", "[^/]+"));
    }

    /** The parameters of an operation and of its path. */
    List<Place> parameters(Operation operation) {
        Place item = child(new Place("", root), "paths", operation.path());
        List<Place> parameters = new ArrayList<>();
        for (Place holder : List.of(item, operation.place())) {
            for (int at = 0; at < holder.node().path("parameters").size(); at++) {
                parameters.add(child(holder, "parameters", String.valueOf(at)));
            }
        }
        return parameters;
    }

    Optional<Place> response(Operation operation, int status) {
        return operation.place().node().path("responses").has(String.valueOf(status))
                ? Optional.of(child(operation.place(), "responses", String.valueOf(status)))
                : Optional.empty();
    }

    /** The place below this one; a reference on the way, or at its end, is followed. */
    Place child(Place from, String... names) {
        Place place = from;
        for (String name : names) {
            String pointer = place.pointer() + "/" + name.replace("~", "~0").replace("/", "~1");
            JsonNode node = root.at(pointer);
            if (node.isMissingNode()) {
                throw new AssertionError("the document has no " + pointer);
            }
            JsonNode reference = node.path("$ref");
            boolean follow = reference.isTextual() && !pointer.endsWith("/schema");
            String target = follow ? reference.asText().substring(1) : pointer;
            place = new Place(target, root.at(target));
        }
        return place;
    }

    /** What is wrong with a value under the schema at this pointer; nothing if all is well. */
    List<String> faults(String schemaPointer, JsonNode value) {
        Schema schema = schemas.computeIfAbsent(
                schemaPointer, pointer -> registry.getSchema(SchemaLocation.of(IRI + "#" + pointer)));
        List<Error> errors = schema.validate(
                JsonText.write(value),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        return errors.stream().map(Error::toString).toList();
    }
}
