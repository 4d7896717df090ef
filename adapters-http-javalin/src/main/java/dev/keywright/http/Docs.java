package dev.keywright.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The OpenAPI document and the page to read it on: Swagger UI from the class path, with nothing from anywhere else, under a
 * Content-Security-Policy that would not let it. Only the files named here are served.
 */
final class Docs {
    static final String SWAGGER_UI = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
    private static final String OWN = "/dev/keywright/http/";
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private record Page(String resource, String type) {}

    private static final Map<String, Page> PAGES = Map.of(
            "/openapi.yaml", new Page(OWN + "openapi.yaml", "application/yaml"),
            "/docs", new Page(OWN + "docs.html", "text/html; charset=utf-8"),
            "/docs/docs.js", new Page(OWN + "docs.js", "text/javascript; charset=utf-8"),
            "/docs/swagger-ui.css", new Page(SWAGGER_UI + "swagger-ui.css", "text/css; charset=utf-8"),
            "/docs/swagger-ui-bundle.js",
                    new Page(SWAGGER_UI + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
            "/docs/favicon-32x32.png", new Page(SWAGGER_UI + "favicon-32x32.png", "image/png"));

    private final byte[] openApiJson;

    Docs() {
        this.openApiJson = toJson(resource(OWN + "openapi.yaml"));
    }

    /** The paths, all of them public. */
    static Set<String> paths() {
        Set<String> paths = new TreeSet<>(PAGES.keySet());
        paths.add("/openapi.json");
        return paths;
    }

    void addTo(Routes routes) {
        Map<String, Handler> handlers = new LinkedHashMap<>();
        PAGES.forEach((path, page) -> handlers.put(path, ctx -> answer(ctx, page.type(), resource(page.resource()))));
        handlers.put("/openapi.json", ctx -> answer(ctx, "application/json", openApiJson));
        handlers.forEach(routes::get);
    }

    private static void answer(Context ctx, String type, byte[] content) {
        ctx.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("Cache-Control", "no-cache")
                .contentType(type)
                .result(content);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Docs.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    private static byte[] toJson(byte[] yaml) {
        try {
            return JsonMapper.builder()
                    .build()
                    .writeValueAsBytes(YAMLMapper.builder().build().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException("the OpenAPI document is no YAML", e);
        }
    }
}
