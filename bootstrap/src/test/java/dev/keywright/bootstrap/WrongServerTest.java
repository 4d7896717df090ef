package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.keywright.domain.ApiKeyId;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys commands on a server that is not Keywright. */
final class WrongServerTest {

    private static final String ID = "key_01ba9d3sfjf7v8x7w1h2n3k4m5";

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpHandler answering = HttpExchange::close;
    private HttpServer server;

    WrongServerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> answering.handle(exchange));
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Ran keys(String line) {
        return Ran.command(
                Map.of("KEYWRIGHT_API_KEY", "token", "KEYWRIGHT_SERVER_URL", url()), ("keys " + line).split(" "));
    }

    private void answers(int status, String body) {
        answering = exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|{}",
                "200|[]",
                "200|null",
                "200|\"ok\"",
                "200|''",
                "201|{\"key\":\"kw\"}",
                "200|{\"id\":7,\"key\":\"kw\"}",
                "200|{\"id\":\"7\",\"key\":\"kw\"}",
                "200|{\"data\":{},\"count\":0,\"total\":0,\"nextUrl\":null}",
                "200|{\"data\":[1],\"count\":1,\"total\":1,\"nextUrl\":null}",
                "200|{\"data\":[],\"count\":0,\"total\":0}",
                "200|{\"data\":[],\"count\":0,\"total\":0,\"nextUrl\":\"/\"}",
                "200|{\"data\":[],\"count\":0,\"nextUrl\":null}",
                "200|<html>Welcome</html>",
                "204|''",
                "302|''",
                "302|{}"
            })
    void whatIsNoAnswerOfKeywrightIsNoSuccess(int status, String body) {
        answers(status, body);

        for (String line : new String[] {
            "create --user alice",
            "create --user alice --quiet",
            "list",
            "list --all",
            "show " + ID,
            "update " + ID + " --no-description",
            "activate " + ID,
            "deactivate " + ID
        }) {
            assertRefused(line, keys(line));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"200|{}", "200|<html>Welcome</html>", "200|''", "302|''"})
    void whatDoesNotSayThatAKeyIsDeletedDoesNotDelete(int status, String body) {
        answers(status, body);

        assertRefused("delete", keys("delete " + ID));
    }

    @Test
    void aKeyWithoutItsSecretIsNoNewKey() {
        answers(201, "{\"id\":\"" + ID + "\"}");

        assertRefused("create", keys("create --user alice --quiet"));
    }

    private static void assertRefused(String line, Ran ran) {
        assertThat(ran.status()).as(line).isEqualTo(69);
        assertThat(ran.out()).as(line).isEmpty();
        assertThat(ran.err()).as(line).contains("not as Keywright does: is this the right URL?");
    }

    @Test
    void anAnswerWithoutEndIsNotTaken() {
        answering = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            try (OutputStream body = exchange.getResponseBody()) {
                while (over.getCount() > 0) {
                    body.write(blanks);
                }
            }
        };

        Ran ran = keys("list");

        assertThat(ran.status()).isEqualTo(69);
        assertThat(ran.err()).contains("more than 8 MiB").contains("is this the right URL?");
    }

    @Test
    void anAnswerThatNeverEndsIsNotWaitedFor() {
        answering = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        try (ServerKeys keys = new ServerKeys(URI.create(url()), "token", Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> keys.get(ApiKeyId.parse(ID)))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("within 1 second");
        }
    }
}
