package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keywright.inmemory.InMemoryKeyStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DocsTest {
    private static RunningServer keywright;

    @BeforeAll
    static void start() {
        keywright = new RunningServer(new InMemoryKeyStore(), HttpSettings.defaults(), () -> true);
    }

    @AfterAll
    static void stop() {
        keywright.close();
    }

    private static HttpResponse<String> publicly(String path) throws Exception {
        return keywright.send(keywright.request(path));
    }

    @Test
    void everyFileIsThereWithoutCredentials() throws Exception {
        for (String path : Docs.paths()) {
            HttpResponse<String> answer = publicly(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).isNotEmpty();
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
    }

    @Test
    void thePageAsksForNothingThatIsNotServed() throws Exception {
        List<String> asked = Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(publicly("/docs").body())
                .results()
                .map(found -> "/" + found.group(1))
                .toList();

        assertThat(asked).isNotEmpty().isSubsetOf(Docs.paths());
    }

    @Tag("R-50")
    @Test
    void thePageIsUnderAStrictPolicyWithoutInlineScripts() throws Exception {
        HttpResponse<String> page = publicly("/docs");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("script-src", "unsafe-eval");
        assertThat(page.body()).doesNotContainPattern("<script>|<script [^>]*>[^<]|\\son[a-z]+=");
    }

    @Test
    void otherFilesOfTheWebJarAreNotServed() throws Exception {
        for (String path : List.of("/docs/index.html", "/docs/swagger-initializer.js", "/docs/oauth2-redirect.html")) {
            assertThat(publicly(path).statusCode()).isEqualTo(401);
            assertThat(keywright.get(path).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void theDocumentIsTheSameInBothForms() throws Exception {
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(publicly("/openapi.json").body()))
                .isEqualTo(YAMLMapper.builder()
                        .build()
                        .readTree(publicly("/openapi.yaml").body()));
    }

    @Test
    void headAnswersLikeGetWithoutABody() throws Exception {
        HttpResponse<String> get = publicly("/openapi.yaml");
        HttpResponse<String> head =
                keywright.send(keywright.request("/openapi.yaml").method("HEAD", BodyPublishers.noBody()));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
    }
}
