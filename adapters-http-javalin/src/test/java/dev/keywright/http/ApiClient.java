package dev.keywright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Speaks to a server as a client would. Every answer, and every request that was accepted, is held against {@link AnswerRules}
 * and {@link OpenApiRules}; every secret that is answered is looked for in all that comes later.
 */
final class ApiClient {

    /** Headers that the library keeps to itself, and bodies so long that a refusal comes before their end, go out by hand. */
    private static final Set<String> BY_HAND = Set.of("host", "connection");

    private static final int LONG_BODY = 16 * 1024;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI base;
    private final List<HeaderLine> always;

    ApiClient(URI base, List<HeaderLine> always) {
        this.base = base;
        this.always = List.copyOf(always);
    }

    /** The same client with one more header on every request. */
    ApiClient with(String name, String value) {
        List<HeaderLine> more = new ArrayList<>(always);
        more.add(new HeaderLine(name, value));
        return new ApiClient(base, more);
    }

    /** A client of the same server without credentials. */
    ApiClient anonymous() {
        return new ApiClient(base, List.of());
    }

    /** A client of the same server that sends this as its API key. */
    ApiClient withKey(String secret) {
        return anonymous().with("X-API-Key", secret);
    }

    /** A client of the same server that sends this as its bearer token. */
    ApiClient withBearer(String token) {
        return anonymous().with("Authorization", "Bearer " + token);
    }

    Answer get(String target) {
        return send(ApiRequest.of("GET", target));
    }

    Answer head(String target) {
        return send(ApiRequest.of("HEAD", target));
    }

    Answer options(String target) {
        return send(ApiRequest.of("OPTIONS", target));
    }

    Answer delete(String target) {
        return send(ApiRequest.of("DELETE", target));
    }

    Answer post(String target) {
        return send(ApiRequest.of("POST", target));
    }

    Answer post(String target, String json) {
        return send(ApiRequest.json("POST", target, json));
    }

    Answer put(String target, String json) {
        return send(ApiRequest.json("PUT", target, json));
    }

    /** Creates a key that must come into being, and answers with its whole representation. */
    JsonNode created(Object... namesAndValues) {
        Answer answer = post("/keys", JsonText.object(namesAndValues));
        if (answer.status() != 201) {
            throw new AssertionError("not created: " + answer);
        }
        return answer.json();
    }

    /** The id of a new key with nothing but a user. */
    String newKey() {
        return created("userId", "alice").path("id").asText();
    }

    Answer verify(Object... namesAndValues) {
        return post("/keys/verify", JsonText.object(namesAndValues));
    }

    Answer send(ApiRequest request) {
        ApiRequest whole = request;
        for (HeaderLine header : always) {
            whole = whole.with(header.name(), header.value());
        }
        Answer answer = exchange(whole);
        judge(whole, answer);
        return answer;
    }

    /** Holds an exchange against all rules, and remembers a secret that it handed out. */
    static void judge(ApiRequest request, Answer answer) {
        AnswerRules.check(request.method(), request.target(), answer);
        OpenApiRules.check(request, answer);
        if (answer.status() == 201 && answer.header("Idempotency-Replayed").isEmpty()) {
            String secret = answer.json().path("key").asText();
            SeenSecrets.add(secret);
            String besides = answer.headers() + answer.text().replaceFirst(secret, "");
            SeenSecrets.in(besides).ifPresent(piece -> {
                throw new AssertionError("the new secret stands more than once in " + answer);
            });
        }
    }

    private Answer exchange(ApiRequest request) {
        boolean restricted = request.headers().stream()
                .anyMatch(header -> BY_HAND.contains(header.name().toLowerCase(Locale.ROOT)));
        boolean large = request.body().filter(body -> body.length > LONG_BODY).isPresent();
        return restricted || large ? byHand(request) : byLibrary(request);
    }

    private Answer byHand(ApiRequest request) {
        byte[] body = request.body().orElse(new byte[0]);
        StringBuilder head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\n");
        ApiRequest whole = request.header("Host").isPresent() ? request : request.with("Host", base.getAuthority());
        whole.headers()
                .forEach(header -> head.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        head.append(body.length == 0 ? "" : "Expect: 100-continue\r\nContent-Length: " + body.length + "\r\n");
        try {
            return RawConnection.careful(base.getPort(), RawConnection.latin1(head + "\r\n"), body);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.target(), e);
        }
    }

    private Answer byLibrary(ApiRequest request) {
        HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(base + request.target()))
                .timeout(Duration.ofSeconds(30))
                .method(
                        request.method(),
                        request.body().map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody));
        request.headers().forEach(header -> http.header(header.name(), header.value()));
        try {
            HttpResponse<byte[]> answer = HTTP.send(http.build(), BodyHandlers.ofByteArray());
            List<HeaderLine> headers = new ArrayList<>();
            answer.headers()
                    .map()
                    .forEach((name, values) -> values.forEach(value -> headers.add(new HeaderLine(name, value))));
            return new Answer(answer.statusCode(), headers, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.target(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
