package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where one request ends and the next begins must never be a matter of opinion. */
@Tag("R-49")
class FramingTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final Tenant acme = SERVER.tenant();
    private final String secret = acme.secret();
    private final ApiClient api = SERVER.anonymous().withKey(secret);
    private final String id = api.newKey();

    /** What a smuggler wants to have executed. */
    private String smuggled() {
        return "DELETE /keys/" + id + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + secret + "\r\n\r\n";
    }

    private void refusedWithoutASecondOpinion(String head, String rest) throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send("POST /keys HTTP/1.1\r\nHost: x\r\nX-API-Key: " + secret
                    + "\r\nContent-Type: application/json\r\n" + head + "\r\n\r\n" + rest);
            Optional<Answer> first = connection.read(false);
            if (first.isPresent()) {
                assertThat(first.get().status()).as("%s", first).isEqualTo(400);
                AnswerRules.check("POST", "/keys", first.get());
                assertThat(connection.isClosedByServer()).as(head).isTrue();
            }
        }
        assertThat(api.get("/keys/" + id).header("ETag")).contains("\"1\"");
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5",
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: 0\r\nContent-Length: 120",
                "Content-Length: 5, 6",
                "Content-Length: -1",
                "Content-Length: +5",
                "Content-Length: 0x5",
                "Content-Length: 5 5",
                "Content-Length: 99999999999999999999",
                "Content-Length: \u0665",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: identity",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: \u000bchunked",
                "Content-Length : 5",
                "X-Y: z\r\n Content-Length: 5"
            })
    void ambiguousLengthsAreRefused(String head) throws Exception {
        refusedWithoutASecondOpinion(head, "0\r\n\r\n" + smuggled());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "identity", "gzip, chunked"})
    void aTransferCodingInHttp10IsRefused(String coding) throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send("POST /keys HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\nX-API-Key: " + secret
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: " + coding
                    + "\r\n\r\n12\r\n{\"userId\":\"alice\"}\r\n0\r\n\r\n" + smuggled());
            Answer answer = connection.read();
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            AnswerRules.check("POST", "/keys", answer);
            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertThat(api.get("/keys/" + id).header("ETag")).contains("\"1\"");
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n{}\r\n0\r\n\r\n",
                "-2\r\n{}\r\n0\r\n\r\n",
                "0x2\r\n{}\r\n0\r\n\r\n",
                "2 \u00a02\r\n{}\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
                "\r\n{}\r\n0\r\n\r\n",
                "2\r\n{}XX0\r\n\r\n",
                "2\r\n{}zz\r\n0\r\n\r\n"
            })
    void brokenChunksAreRefused(String body) throws Exception {
        refusedWithoutASecondOpinion("Transfer-Encoding: chunked", body + smuggled());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12;a=b\r\n", "12;\r\n", "12;a=\"\r\n\"\r\n", "12;\nx\r\n", "12;a=b\n", "12 ;a\r\n"})
    void aChunkExtensionNeverMovesTheEndOfABody(String size) throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send("POST /keys HTTP/1.1\r\nHost: x\r\nX-API-Key: " + secret
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + size
                    + "{\"userId\":\"alice\"}\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
            Optional<Answer> answer = connection.read(false);
            answer.ifPresent(given -> assertThat(given.status()).as("%s", given).isIn(201, 400));
            if (answer.filter(given -> given.status() == 400).isPresent()) {
                assertThat(connection.isClosedByServer()).isTrue();
            } else if (answer.isPresent()) {
                assertThat(answer.get().json().path("userId").asText()).isEqualTo("alice");
                assertThat(connection.read().text()).isEqualTo("{\"status\":\"live\"}");
            }
        }
    }

    @Test
    void aPlainChunkExtensionIsReadPast() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send("POST /keys HTTP/1.1\r\nHost: x\r\nX-API-Key: " + secret
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "12;a=b\r\n{\"userId\":\"alice\"}\r\n0;c\r\n\r\n");

            assertThat(connection.read().status()).isEqualTo(201);
        }
    }

    @Test
    void aBodyThatIsShorterThanPromisedIsNoRequest() throws Exception {
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send("POST /keys HTTP/1.1\r\nHost: x\r\nX-API-Key: " + secret
                    + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"userId\":\"alice\"}");
        }
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @Test
    void requestsInOnePacketAreAnsweredOneByOne() throws Exception {
        String live = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send(live + "GET /keys HTTP/1.1\r\nHost: x\r\n\r\n" + live);
            assertThat(connection.read().status()).isEqualTo(200);
            assertThat(connection.read().status()).isEqualTo(401);
            assertThat(connection.read().status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatNobodyReadsIsNoNextRequest() throws Exception {
        String body = smuggled();
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send("GET /keys HTTP/1.1\r\nHost: x\r\nX-API-Key: " + secret + "\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body + "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(connection.read().status()).isEqualTo(200);
            Optional<Answer> next = connection.read(false);
            next.ifPresent(answer -> assertThat(answer.text()).isEqualTo("{\"status\":\"live\"}"));
        }
        assertThat(api.get("/keys/" + id).header("ETag")).contains("\"1\"");
    }

    @Test
    void aRefusedRequestsBodyIsNoNextRequest() throws Exception {
        String body = smuggled();
        for (String head : new String[] {"GET /nowhere", "POST /keys", "PATCH /keys", "POST /keys?x=1"}) {
            try (RawConnection connection = new RawConnection(SERVER.port())) {
                connection.send(head + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body
                        + "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(connection.read().status()).isEqualTo(401);
                Optional<Answer> next = connection.read(false);
                next.ifPresent(answer -> assertThat(answer.text()).isEqualTo("{\"status\":\"live\"}"));
            }
        }
        assertThat(api.get("/keys/" + id).header("ETag")).contains("\"1\"");
    }

    @Test
    void anUpgradeIsIgnored() throws Exception {
        for (String upgrade :
                new String[] {"h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", "websocket\r\nSec-WebSocket-Key: x"}) {
            Answer answer = RawConnection.once(
                            SERVER.port(),
                            RawConnection.latin1(
                                    "GET /keys HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: "
                                            + upgrade + "\r\n\r\n"))
                    .orElseThrow();
            assertThat(answer.status()).isEqualTo(401);
        }
    }
}
