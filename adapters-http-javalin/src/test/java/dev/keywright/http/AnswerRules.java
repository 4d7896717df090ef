package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What holds for every answer, whatever was asked: problems everywhere, a request id, no caching, no
 * sniffing, no secret, nothing about the machinery.
 */
final class AnswerRules {

    private static final Set<String> HEADERS = Set.of(
            "allow",
            "cache-control",
            "connection",
            "content-length",
            "content-security-policy",
            "content-type",
            "date",
            "etag",
            "idempotency-replayed",
            "location",
            "permissions-policy",
            "referrer-policy",
            "retry-after",
            "transfer-encoding",
            "www-authenticate",
            "x-api-version",
            "x-company-id",
            "x-content-type-options",
            "x-envoy-auth-headers-to-remove",
            "x-frame-options",
            "x-key-id",
            "x-request-id",
            "x-user-id");
    private static final Pattern MACHINERY = Pattern.compile(
            "Exception|\\bat [a-z]+\\.|java[x.]|jakarta|javalin|jetty|eclipse|jackson|kotlin|nimbus|select |insert into",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final List<Integer> KNOWN =
            List.of(200, 201, 204, 400, 401, 403, 404, 405, 409, 412, 413, 414, 415, 429, 431, 503);

    private AnswerRules() {}

    static void check(String method, String target, Answer answer) {
        String path = target.split("\\?", 2)[0];
        boolean document = answer.status() < 400 && (path.startsWith("/docs") || path.startsWith("/openapi"));
        assertThat(KNOWN).as("status of %s", answer).contains(answer.status());
        checkHeaders(answer, document);
        if (method.equals("HEAD") || answer.status() == 204) {
            assertThat(answer.bytes()).as("no body").isEmpty();
        } else if (answer.status() >= 400) {
            checkProblem(answer);
        }
        if (!document) {
            checkSecrets(answer);
        }
    }

    private static void checkHeaders(Answer answer, boolean document) {
        for (HeaderLine header : answer.headers()) {
            assertThat(HEADERS)
                    .as("headers of %s", answer)
                    .contains(header.name().toLowerCase(Locale.ROOT));
        }
        assertThat(answer.header("X-Request-Id"))
                .as("request id of %s", answer)
                .hasValueSatisfying(id -> assertThat(id).matches(REQUEST_ID));
        assertThat(answer.header("X-Content-Type-Options")).as("%s", answer).contains("nosniff");
        if (!document) {
            assertThat(answer.header("Cache-Control")).as("%s", answer).contains("no-store");
        }
        if (answer.status() == 401) {
            assertThat(answer.header("WWW-Authenticate")).contains("Bearer realm=\"keywright\"");
        }
        if (answer.status() == 405) {
            assertThat(answer.header("Allow")).as("%s", answer).isPresent();
        }
        if (answer.status() == 429 || answer.status() == 503) {
            assertThat(answer.header("Retry-After"))
                    .as("%s", answer)
                    .hasValueSatisfying(
                            seconds -> assertThat(Integer.parseInt(seconds)).isPositive());
        }
    }

    private static void checkProblem(Answer answer) {
        assertThat(answer.header("Content-Type")).as("%s", answer).contains("application/problem+json");
        assertThat(OpenApi.DOCUMENT.faults("/components/schemas/Problem", answer.json()))
                .as("%s", answer)
                .isEmpty();
        assertThat(answer.json().path("status").asInt()).as("%s", answer).isEqualTo(answer.status());
        assertThat(answer.json().path("requestId").asText())
                .isEqualTo(answer.header("X-Request-Id").orElseThrow());
        assertThat(answer.json().path("title").asText() + answer.detail()).doesNotContainPattern(MACHINERY);
    }

    private static void checkSecrets(Answer answer) {
        String all = answer.headers() + "\n" + new String(answer.bytes(), StandardCharsets.ISO_8859_1);
        assertThat(SeenSecrets.in(all)).as("a piece of a secret in %s", answer).isEmpty();
    }
}
