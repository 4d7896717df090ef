package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.UserId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The configuration of docs/proxies.md in a real nginx, in front of a little API that answers with the headers it gets. Clients
 * have addresses of their own in 127.0.0.0/8.
 */
class NginxTest {

    private static final int FREE_FAILURES = 3;
    private static final Pattern BLOCK = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL);

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.with(settings ->
            settings.withAuthFailuresPerMinute(FREE_FAILURES).withTrustedProxies(List.of(IpRange.parse("127.0.0.1"))));

    @TempDir
    static Path folder;

    private static Optional<HttpServer> api = Optional.empty();
    private static Optional<Nginx> documented = Optional.empty();
    private static Optional<Nginx> passingAllHeaders = Optional.empty();

    private final Tenant acme = SERVER.tenant();

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = Nginx.program();
        assumeTrue(
                program.isPresent(),
                "SKIPPED: there is no nginx on the PATH, so nothing is shown about it (Debian: apt-get install nginx)");
        HttpServer echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        echo.createContext("/", NginxTest::echo);
        echo.start();
        api = Optional.of(echo);
        String servers = block(Files.readString(Path.of("../docs/proxies.md")))
                .replace("127.0.0.1:8080", "127.0.0.1:" + SERVER.port())
                .replace("127.0.0.1:9000", "127.0.0.1:" + echo.getAddress().getPort());
        documented =
                Optional.of(Nginx.start(program.get(), Files.createDirectory(folder.resolve("documented")), servers));
        passingAllHeaders = Optional.of(Nginx.start(
                program.get(),
                Files.createDirectory(folder.resolve("all")),
                servers.replace("proxy_pass_request_headers off;", "")));
    }

    @AfterAll
    static void stop() {
        documented.ifPresent(Nginx::close);
        passingAllHeaders.ifPresent(Nginx::close);
        api.ifPresent(server -> server.stop(0));
    }

    private static String block(String page) {
        Matcher block = BLOCK.matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static void echo(HttpExchange exchange) throws IOException {
        StringBuilder seen = new StringBuilder();
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> seen.append(name.toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(value)
                        .append('\n')));
        byte[] body = seen.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Answer ask(Nginx nginx, String from, String requestLine, String... headers) throws IOException {
        String request = requestLine + " HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n"
                + String.join("\r\n", headers) + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
        try (RawConnection connection = new RawConnection(nginx.port(), InetAddress.getByName(from))) {
            connection.send(request);
            return connection.read();
        }
    }

    private static Answer ask(String from, String requestLine, String... headers) throws IOException {
        return ask(documented.orElseThrow(), from, requestLine, headers);
    }

    private static List<String> seen(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.text().lines().toList();
    }

    @Test
    void aGoodKeyPassesAndTheApiIsToldWhoseItIs() throws IOException {
        var made = acme.create(KeyDraft.of(new UserId("Jürgen Klein")));
        String id = made.key().id().toString();

        List<String> seen = seen(ask("127.0.0.2", "GET /orders?page=2", "X-API-Key: " + Tenant.text(made)));
        assertThat(seen)
                .contains("x-company-id: " + acme.company(), "x-user-id: J%C3%BCrgen%20Klein", "x-key-id: " + id);
        assertThat(seen).noneMatch(line -> line.startsWith("x-api-version"));

        acme.client().put("/keys/" + id, "{\"apiVersion\":\"2024-05-22\"}");
        assertThat(seen(ask(
                        "127.0.0.2", "POST /orders", "Authorization: Bearer " + acme.secret(), "Content-Length: 0")))
                .contains("x-user-id: admin");
    }

    @Test
    @Tag("R-20")
    void whatAClientForgesIsOverwrittenOrTakenOffAndTheApiGetsNoCredential() throws IOException {
        List<String> seen = seen(ask(
                "127.0.0.2",
                "GET /orders",
                "X-Company-Id: other",
                "X-User-Id: root",
                "X-Key-Id: key_00000000000000000000000000",
                "X-Api-Version: 1999-01-01",
                "X-API-Key: " + acme.secret()));
        assertThat(seen).contains("x-company-id: " + acme.company(), "x-user-id: admin");
        assertThat(String.join("\n", seen))
                .doesNotContain("other", "root", "key_0000000000000", "1999", "x-api-key", "authorization");
    }

    @Test
    void thePinnedVersionIsTold() throws IOException {
        var made = acme.create(KeyDraft.of(new UserId("alice")));
        acme.client().put("/keys/" + made.key().id(), "{\"apiVersion\":\"2024-05-22\"}");
        assertThat(seen(ask("127.0.0.2", "GET /", "X-Api-Version: 1999-01-01", "X-API-Key: " + Tenant.text(made))))
                .contains("x-api-version: 2024-05-22");
    }

    @Test
    void noKeyAndABadOneAre401WithTheWayToAuthenticate() throws IOException {
        for (String header : List.of("X-Nothing: 1", "X-API-Key: nonsense", "Authorization: Basic eDp5")) {
            Answer refused = ask("127.0.0.3", "GET /orders", header);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).contains("Bearer realm=\"keywright\"");
            assertThat(refused.header("Retry-After")).isEmpty();
        }
    }

    @Test
    @Tag("R-31")
    void aKeyIsGoodFromItsAddressesAloneWhateverTheClientSaysOfItself() throws IOException {
        String key = "X-API-Key: " + acme.secretFrom("127.0.0.4");
        assertThat(ask("127.0.0.4", "GET /orders", key).status()).isEqualTo(200);
        assertThat(ask("127.0.0.5", "GET /orders", key).status()).isEqualTo(403);
        assertThat(ask("127.0.0.5", "GET /orders", key, "X-Forwarded-For: 127.0.0.4")
                        .status())
                .isEqualTo(403);
        assertThat(ask("127.0.0.1", "GET /orders", key, "X-Forwarded-For: 127.0.0.4")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aLocationCanAskForScopes() throws IOException {
        assertThat(ask("127.0.0.2", "GET /reports/7", "X-API-Key: " + acme.secret("reports"))
                        .status())
                .isEqualTo(200);
        String other = "X-API-Key: " + acme.secret("billing");
        assertThat(ask("127.0.0.2", "GET /reports/7", other).status()).isEqualTo(403);
        assertThat(ask("127.0.0.2", "GET /reports/7?scopes=billing", other).status())
                .isEqualTo(403);
        assertThat(ask("127.0.0.2", "GET /orders", other).status()).isEqualTo(200);
    }

    @Test
    @Tag("R-18")
    void whoFailsTooOftenIsToldToWaitAndNobodyElseIs() throws IOException {
        for (int at = 0; at < FREE_FAILURES; at++) {
            assertThat(ask("127.0.0.6", "GET /orders").header("Retry-After")).isEmpty();
        }
        Answer refused = ask("127.0.0.6", "GET /orders");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Retry-After")).contains("20");
        assertThat(ask("127.0.0.6", "GET /orders", "X-API-Key: " + acme.secret())
                        .status())
                .isEqualTo(200);
        assertThat(ask("127.0.0.7", "GET /orders").header("Retry-After")).isEmpty();
    }

    @Test
    void nobodyAsksFromOutside() throws IOException {
        assertThat(ask("127.0.0.2", "GET /auth", "X-API-Key: " + acme.secret()).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-API-Key: nonsense",
                "Authorization: Bearer x",
                "X-HTTP-Method-Override: DELETE",
                "X-Original-URI: /keys",
                "Forwarded: for=127.0.0.4",
                "X-Forwarded-For: nonsense",
                "If-None-Match: *",
                "Expect: 100-continue",
                "Content-Encoding: gzip",
                "X-Odd: a\u0001b",
                "X-Odd: \u00ff",
                "X-Request-Id: ..........................................................................................",
                "Range: bytes=0-1"
            })
    void nothingThatAClientSendsMakesAFaultOfTheProxys(String header) throws IOException {
        String key = "X-API-Key: " + acme.secret();
        String large = "x".repeat(7_000);
        for (Nginx nginx : List.of(documented.orElseThrow(), passingAllHeaders.orElseThrow())) {
            assertThat(ask(nginx, "127.0.0.8", "GET /orders", header, key).status())
                    .as(header)
                    .isIn(200, 401);
            assertThat(ask(nginx, "127.0.0.8", "DELETE /orders", key, header, "X-Large: " + large, "X-More: " + large)
                            .status())
                    .as(header)
                    .isIn(200, 401);
            assertThat(ask(nginx, "127.0.0.8", "GET /orders", header).status()).isEqualTo(401);
        }
    }
}
