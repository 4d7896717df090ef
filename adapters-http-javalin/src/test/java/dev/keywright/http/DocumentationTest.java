package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The OpenAPI document and its page: open to all, whole without the rest of the world. */
class DocumentationTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)\\s*=\\s*[\"']([^\"']*)[\"']");

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final ApiClient anyone = SERVER.anonymous();

    @Test
    void theYamlIsTheDocumentToTheByteAndTheJsonSaysTheSame() throws Exception {
        Answer yaml = anyone.get("/openapi.yaml");
        try (InputStream source = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            assertThat(yaml.bytes()).isEqualTo(source.readAllBytes());
        }
        Answer json = anyone.get("/openapi.json");
        assertThat(json.json()).isEqualTo(new ObjectMapper(new YAMLFactory()).readTree(yaml.bytes()));
        assertThat(json.json()).isEqualTo(OpenApi.DOCUMENT.root());
    }

    @Test
    void everythingIsOpenWithoutAndWithCredentials() {
        ApiClient caller = SERVER.tenant().client(new String[0]);
        for (String path : List.of("/docs", "/openapi.yaml", "/openapi.json", "/health/live", "/health/ready")) {
            assertThat(anyone.get(path).status()).isEqualTo(200);
            assertThat(anyone.head(path).status()).isEqualTo(200);
            assertThat(caller.get(path).status()).isEqualTo(200);
            assertThat(anyone.withKey("bad").get(path).status()).isEqualTo(200);
        }
    }

    private List<String> references(String html) {
        return REFERENCE.matcher(html).results().map(found -> found.group(1)).toList();
    }

    @Test
    void thePageRefersToOwnFilesOnlyAndTheyAreServed() {
        String html = anyone.get("/docs").text();
        List<String> references = references(html);
        assertThat(references).isNotEmpty();
        for (String reference : references) {
            assertThat(reference).doesNotContain("//");
            String path = reference.startsWith("/") ? reference : "/" + reference;
            Answer asset = anyone.get(path);
            assertThat(asset.status()).as(reference).isEqualTo(200);
            assertThat(asset.bytes()).isNotEmpty();
            assertThat(asset.header("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith(expectedType(path)));
        }
    }

    private static String expectedType(String path) {
        if (path.endsWith(".js")) {
            return "text/javascript";
        }
        return path.endsWith(".css") ? "text/css" : path.endsWith(".png") ? "image/png" : "";
    }

    @Test
    void thePageHasNoInlineScriptAndItsOwnScriptNamesNoOutsideAddress() {
        String html = anyone.get("/docs").text();
        assertThat(html)
                .doesNotContainPattern("<script(?![^>]*src=)[^>]*>\\s*[^<\\s]")
                .doesNotContain("onload=", "javascript:");
        assertThat(html).doesNotContainPattern("https?://");
        for (String reference : references(html)) {
            if (reference.endsWith("docs.js")) {
                String script = anyone.get(reference.startsWith("/") ? reference : "/" + reference)
                        .text();
                assertThat(script).doesNotContainPattern("https?://").doesNotContain("eval(", "new Function");
                assertThat(script).contains("openapi.json");
            }
        }
    }

    @Test
    void aStyleSheetLoadsNothingFromElsewhere() {
        for (String reference : references(anyone.get("/docs").text())) {
            if (reference.endsWith(".css")) {
                String css = anyone.get(reference.startsWith("/") ? reference : "/" + reference)
                        .text();
                List<String> loaded = Pattern.compile("url\\(([^)]{0,60})|@import[^;]*")
                        .matcher(css)
                        .results()
                        .map(MatchResult::group)
                        .filter(url -> !url.contains("data:"))
                        .toList();
                assertThat(loaded).isEmpty();
            }
        }
    }

    @Test
    void thePolicyLetsInNothingFromElsewhereAndNobodyFramesThePage() {
        String policy = anyone.get("/docs").header("Content-Security-Policy").orElseThrow();
        Set<String> directives = Arrays.stream(policy.split("; *")).collect(Collectors.toCollection(TreeSet::new));

        assertThat(directives).contains("frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'");
        assertThat(directives).anyMatch(directive -> directive.matches("default-src '(self|none)'"));
        assertThat(policy).doesNotContain("http:", "https:", "*", "unsafe-eval");
        Optional<String> scripts =
                directives.stream().filter(d -> d.startsWith("script-src")).findFirst();
        assertThat(scripts.orElse("")).doesNotContain("unsafe-inline");
    }

    @Test
    void theSchemesLimitsAndNamesOfTheSourceAreInTheDocument() {
        var root = OpenApi.DOCUMENT.root();
        assertThat(JsonText.names(root.at("/components/securitySchemes")))
                .containsExactlyInAnyOrder("oauth2", "bearerAuth", "apiKeyHeader");
        List<String> summaries = new ArrayList<>();
        OpenApi.DOCUMENT
                .operations()
                .forEach(operation ->
                        summaries.add(operation.place().node().path("summary").asText()));
        assertThat(summaries)
                .contains(
                        "Get all API keys",
                        "Create an API key",
                        "Get an API key",
                        "Delete an API key",
                        "Update an API key");
        assertThat(root.at("/components/schemas/APIKeyAPIVersion/pattern").asText())
                .isEqualTo("^\\d{4}-\\d{2}-\\d{2}$");
        assertThat(root.at("/components/schemas/APIKeyDescription/maxLength").asInt())
                .isEqualTo(200);
        assertThat(root.at("/components/schemas/APIKeyDescription/minLength").asInt())
                .isEqualTo(1);
    }

    @Test
    void everyExampleOfTheDocumentKeepsToItsSchema() {
        List<String> checked = new ArrayList<>();
        examples("", checked);
        assertThat(checked).hasSizeGreaterThan(20);
    }

    private void examples(String pointer, List<String> checked) {
        var node = OpenApi.DOCUMENT.root().at(pointer);
        if (node.isObject() && node.has("schema") && node.path("examples").isObject()) {
            node.path("examples").forEach(example -> {
                assertThat(OpenApi.DOCUMENT.faults(pointer + "/schema", example.path("value")))
                        .as(pointer)
                        .isEmpty();
                checked.add(pointer);
            });
        }
        if (node.isObject()) {
            JsonText.names(node)
                    .forEach(name ->
                            examples(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), checked));
        }
    }

    @Test
    void assetsOfThePageAreServedInUtf8WithoutADirectoryListing() {
        assertThat(new String(anyone.get("/docs").bytes(), StandardCharsets.UTF_8))
                .contains("<html");
        for (String path : List.of("/docs/", "/docs/index.html", "/docs/package.json", "/docs/swagger-ui.css.map")) {
            assertThat(anyone.get(path).status()).isEqualTo(401);
        }
    }
}
