package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.inmemory.InMemoryKeyStore;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private static RunningServer running() {
        return new RunningServer(new InMemoryKeyStore(), HttpSettings.defaults(), () -> true);
    }

    @Test
    void aKeyLivesItsLifeOverHttp() throws Exception {
        try (RunningServer keywright = running()) {
            HttpResponse<String> created =
                    keywright.call("POST", "/keys", "{\"userId\":\"alice\",\"whitelistedIPs\":[\"10.0.0.0/8\"]}");
            assertThat(created.statusCode()).isEqualTo(201);
            String secret = RunningServer.json(created).path("key").textValue();
            String path = created.headers().firstValue("Location").orElseThrow();

            HttpResponse<String> shown = keywright.get(path);
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.body()).doesNotContain(secret);
            assertThat(shown.headers().firstValue("ETag")).contains("\"1\"");

            assertThat(keywright
                            .call("PUT", path, "{\"apiVersion\":\"2024-05-22\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(keywright.call("POST", path + "/deactivate", "").statusCode())
                    .isEqualTo(200);
            assertThat(keywright.get("/keys?status=inactive").body()).contains("2024-05-22");
            assertThat(verdict(keywright, secret)).isEqualTo("INACTIVE");

            assertThat(keywright.call("DELETE", path, "").statusCode()).isEqualTo(204);
            assertThat(verdict(keywright, secret)).isEqualTo("DELETED");
            assertThat(keywright.call("PUT", path, "{}").statusCode()).isEqualTo(409);
        }
    }

    private static String verdict(RunningServer keywright, String secret) throws Exception {
        HttpResponse<String> answer = keywright.call("POST", "/keys/verify", "{\"key\":\"" + secret + "\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        return RunningServer.json(answer).path("code").textValue();
    }

    /** A store that can be made to be away. */
    private static final class FragileStore implements KeyStore {
        private final KeyStore store = new InMemoryKeyStore();
        private final AtomicBoolean away = new AtomicBoolean();

        @Override
        public Optional<VerifiableKey> lookUp(KeyReference reference) {
            requirePresent();
            return store.lookUp(reference);
        }

        @Override
        public List<VerifiableKey> lookUp(Set<KeyReference> references) {
            requirePresent();
            return store.lookUp(references);
        }

        @Override
        public <R> R read(Function<? super KeyReader, ? extends R> work) {
            requirePresent();
            return store.read(work);
        }

        @Override
        public <R> R write(Function<? super KeyWriter, ? extends R> work) {
            requirePresent();
            return store.write(work);
        }

        private void requirePresent() {
            if (away.get()) {
                throw new StoreFailure("away", new IllegalStateException("details"));
            }
        }
    }

    @Tag("R-16")
    @Test
    void aStoreThatIsAwayIs503AndNever401() throws Exception {
        FragileStore store = new FragileStore();
        try (RunningServer keywright = new RunningServer(store, HttpSettings.defaults(), () -> !store.away.get())) {
            store.away.set(true);

            for (HttpResponse<String> answer : List.of(
                    keywright.get("/keys"),
                    keywright.call("POST", "/keys", "{}"),
                    keywright.send(keywright.request("/health/ready")))) {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(RunningServer.json(answer).path("type").textValue()).isEqualTo("/problems/unavailable");
                assertThat(answer.body()).doesNotContain("details");
            }
            assertThat(keywright.send(keywright.request("/health/live")).statusCode())
                    .isEqualTo(200);
            assertThat(keywright
                            .send(keywright.request("/keys").header("X-API-Key", "rubbish"))
                            .statusCode())
                    .as("rubbish needs no store to be refused")
                    .isEqualTo(401);
        }
    }

    @Tag("R-50")
    @Test
    void anErrorInsideIsAProblemToo() throws Exception {
        try (RunningServer keywright = new RunningServer(new InMemoryKeyStore(), HttpSettings.defaults(), () -> {
            throw new StackOverflowError("details");
        })) {
            HttpResponse<String> answer =
                    keywright.send(keywright.request("/health/ready").header("X-Request-Id", "mine"));

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            JsonNode problem = RunningServer.json(answer);
            assertThat(problem.path("type").textValue()).isEqualTo("/problems/internal");
            assertThat(problem.path("requestId").textValue()).isEqualTo("mine");
            assertThat(answer.body()).doesNotContain("details", "StackOverflow");
        }
    }

    @Tag("R-66")
    @Test
    void aRequestInFlightIsAnsweredBeforeTheServerEnds() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RunningServer keywright = new RunningServer(new InMemoryKeyStore(), HttpSettings.defaults(), () -> {
            asked.countDown();
            try {
                return goOn.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                return false;
            }
        });
        CompletableFuture<HttpResponse<String>> answer =
                keywright.http.sendAsync(keywright.request("/health/ready").build(), BodyHandlers.ofString());
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(keywright::close);
        while (canConnect(keywright)) {
            Thread.onSpinWait();
        }
        goOn.countDown();

        assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        closed.get(10, TimeUnit.SECONDS);
    }

    /** Whether the server still listens: closing begins with that. */
    private static boolean canConnect(RunningServer keywright) {
        try (Socket socket = new Socket("127.0.0.1", keywright.server.port())) {
            return socket.isConnected();
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    @Tag("R-35")
    @Test
    void linksAreAbsoluteUnderThePublicUrlAndNeverUnderTheHostHeader() throws Exception {
        HttpSettings settings = HttpSettings.defaults().withPublicUrl(URI.create("https://keys.example.com/kw/"));
        try (RunningServer keywright = new RunningServer(new InMemoryKeyStore(), settings, () -> true)) {
            HttpResponse<String> created = keywright.call("POST", "/keys", "{\"userId\":\"alice\"}");
            assertThat(created.headers().firstValue("Location").orElseThrow())
                    .startsWith("https://keys.example.com/kw/keys/key_");

            assertThat(RunningServer.json(keywright.get("/keys?limit=1"))
                            .path("nextUrl")
                            .textValue())
                    .startsWith("https://keys.example.com/kw/keys?status=active&limit=1&startingAfter=key_");
        }
    }

    @Tag("R-20")
    @Test
    void whatIsNotPublicNeedsCredentialsWhateverThePathAndTheMethod() throws Exception {
        try (RunningServer keywright = running()) {
            for (String path : List.of("/", "/keys", "/keys/verify", "/nope", "/docs/", "/health", "/health/live/x")) {
                for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO")) {
                    assertThat(keywright
                                    .send(keywright.request(path).method(method, BodyPublishers.noBody()))
                                    .statusCode())
                            .as(method + " " + path)
                            .isEqualTo(401);
                }
            }
        }
    }
}
