package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 7: 413 and 415, and that a connection stays sane after them. */
class BodyLimitTest {

    private static final int LIMIT = 64 * 1024;

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final Tenant acme = SERVER.tenant();
    private final ApiClient api = acme.client();
    private final String key = acme.secret();

    private static String padded(int bytes) {
        String body = "{\"userId\":\"alice\"}";
        return body + " ".repeat(bytes - body.length());
    }

    @Test
    @Tag("R-37")
    void aBodyOfExactlyTheLimitIsReadAndOneByteMoreIs413() {
        assertThat(api.post("/keys", padded(LIMIT)).status()).isEqualTo(201);
        Answer answer = api.post("/keys", padded(LIMIT + 1));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.type()).isEqualTo("/problems/content-too-large");
        assertThat(api.put("/keys/" + api.newKey(), padded(LIMIT + 1)).status()).isEqualTo(413);
        assertThat(api.post("/keys/verify", padded(LIMIT + 1)).status()).isEqualTo(413);
    }

    @Test
    @Tag("R-37")
    void theLimitIsTheConfiguredOne() {
        try (LiveServer small =
                LiveServer.with(settings -> settings.withMaxBodyBytes(100)).start()) {
            ApiClient there = small.tenant().client();
            assertThat(there.post("/keys", padded(100)).status()).isEqualTo(201);
            Answer answer = there.post("/keys", padded(101));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.detail()).contains("100");
        }
    }

    /** Clients that do not wait for a 100: a hang-up on what they still send must not overtake the answer. */
    @ParameterizedTest
    @Tag("R-37")
    @ValueSource(ints = {70_000, 300_000, 2_000_000})
    void aRefusalIsNotLostToWhatTheClientStillSends(int bytes) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        for (int round = 0; round < 20; round++) {
            assertThat(post(client, key, bytes)).isEqualTo(413);
            assertThat(post(client, key + "x", bytes)).isEqualTo(401);
        }
    }

    private static int post(HttpClient client, String credential, int bytes) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + SERVER.port() + "/keys"))
                .header("X-API-Key", credential)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(padded(bytes)))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String head(String line, String framing) {
        return line + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + key + "\r\nContent-Type: application/json\r\n" + framing
                + "\r\n\r\n";
    }

    /** After a refusal the connection either goes on with the next request or ends; it never answers something else. */
    private void assertSane(RawConnection connection) throws Exception {
        connection.send("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
        Optional<Answer> next = connection.read(false);
        if (next.isPresent()) {
            assertThat(next.get().status()).isEqualTo(200);
            assertThat(next.get().text()).isEqualTo("{\"status\":\"live\"}");
        }
    }

    @Test
    @Tag("R-37")
    void aTooLongBodyWithItsLengthIsRefusedBeforeItIsSent() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send(head("POST /keys", "Content-Length: 20000000"));
            assertThat(connection.read().status()).isEqualTo(413);
        }
    }

    @Test
    @Tag("R-37")
    void twentyMegabytesWithLengthAre413AndTheConnectionIsSane() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send(head("POST /keys", "Content-Length: 20000000"));
            byte[] piece = RawConnection.latin1("x".repeat(100_000));
            Thread sender = new Thread(() -> {
                try {
                    for (int at = 0; at < 200; at++) {
                        connection.send(piece);
                    }
                } catch (IOException e) {
                    // the server may hang up at any time
                }
            });
            sender.start();
            Optional<Answer> answer = connection.read(false);
            answer.ifPresent(refusal -> assertThat(refusal.status()).isEqualTo(413));
            sender.join();
            assertSane(connection);
        }
        assertThat(api.get("/keys").status()).isEqualTo(200);
    }

    @Test
    @Tag("R-37")
    void aTooLongChunkedBodyIs413AndTheConnectionIsSane() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send(head("POST /keys", "Transfer-Encoding: chunked"));
            String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
            for (int at = 0; at < 10; at++) {
                connection.send(chunk);
            }
            connection.send("0\r\n\r\n");
            Optional<Answer> answer = connection.read(false);
            answer.ifPresent(refusal -> {
                assertThat(refusal.status()).isEqualTo(413);
                AnswerRules.check("POST", "/keys", refusal);
            });
            assertSane(connection);
        }
    }

    /** The end of the body never comes, so the refusal cannot have waited for it. */
    @Test
    @Tag("R-37")
    void aTooLongChunkedBodyIsRefusedWhileItIsRead() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send(head("POST /keys", "Transfer-Encoding: chunked"));
            connection.send("ffff\r\n" + "x".repeat(0xffff) + "\r\n");
            connection.send("2\r\nxx\r\n");

            assertThat(connection.read().status()).isEqualTo(413);
        }
    }

    @Test
    void aChunkedBodyWithinTheLimitIsRead() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send(head("POST /keys", "Transfer-Encoding: chunked"));
            connection.send("5\r\n{\"use\r\nd\r\nrId\":\"alice\"}\r\n0\r\n\r\n");
            Answer answer = connection.read();
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.json().path("userId").asText()).isEqualTo("alice");
            assertSane(connection);
        }
    }

    @Test
    void expect100ContinueWorksAndARefusalComesWithoutTheBody() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send(head("POST /keys", "Expect: 100-continue\r\nContent-Length: 18"));
            connection.send("{\"userId\":\"alice\"}");
            assertThat(connection.read().status()).isEqualTo(201);
        }
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send("POST /keys HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 18\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json; charset=UTF-8",
                "application/json; charset=\"utf-8\"",
                "application/json ;\tcharset=utf-8"
            })
    @Tag("R-40")
    void jsonInUtf8IsReadHoweverItIsSpelt(String type) {
        assertThat(sent(type, "{\"userId\":\"alice\"}").status()).isEqualTo(201);
    }

    private Answer sent(String type, String body) {
        return api.send(ApiRequest.of("POST", "/keys")
                .with("Content-Type", type)
                .withBody(body.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/merge-patch+json",
                "application/problem+json",
                "application/jsonx",
                "application/json, text/plain",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "application/json; charset=nonsense",
                "application/json; charset=utf-8; charset=utf-16",
                "application",
                "/",
                "*/*",
                ""
            })
    @Tag("R-40")
    void everyOtherTypeIs415(String type) {
        Answer answer = sent(type, "{\"userId\":\"alice\"}");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.type()).isEqualTo("/problems/unsupported-media-type");
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @Test
    @Tag("R-40")
    void aMissingOrRepeatedTypeIs415() throws Exception {
        assertThat(api.send(ApiRequest.of("POST", "/keys").withBody(RawConnection.latin1("{\"userId\":\"a\"}")))
                        .status())
                .isEqualTo(415);
        assertThat(api.post("/keys").status()).isEqualTo(415);
        String twice = "Content-Type: text/plain\r\nContent-Length: 14\r\nConnection: close";
        Answer answer = RawConnection.once(
                        SERVER.port(), RawConnection.latin1(head("POST /keys", twice) + "{\"userId\":\"a\"}"))
                .orElseThrow();
        assertThat(answer.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "compress", "identity", "x-nonsense", "gzip, gzip", ""})
    @Tag("R-40")
    void anEncodedBodyIs415(String encoding) {
        Answer answer = api.with("Content-Encoding", encoding).post("/keys", "{\"userId\":\"alice\"}");
        assertThat(answer.status()).isIn(encoding.isEmpty() ? List.of(201, 415) : List.of(415));
    }
}
