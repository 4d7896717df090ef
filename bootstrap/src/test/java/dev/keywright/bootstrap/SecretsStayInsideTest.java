package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.KeySecret;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** what a whole journey leaves behind in logs and files, with every log at its most talkative. */
final class SecretsStayInsideTest {

    private static final String PEPPER = "canary-pepper-with-32-characters-or-more";
    private static final String PASSWORD = "canary-password";

    /** The date, the level and the name of a logger, or a line of a stack trace or of a logged text of several lines. */
    private static final String LOG_LINE =
            "^(\\d{4}-\\d\\d-\\d\\dT\\S+ \\[[A-Z]+\\] \\S+ - |\\tat |\\t\\.\\.\\.|Caused by: |\\S).*";

    @TempDir
    private Path folder = Path.of("");

    private final List<String> secrets = new ArrayList<>();

    private void journey(Api admin) throws Exception {
        for (int made = 0; made < 5; made++) {
            secrets.add(admin.ask(
                            201,
                            "POST",
                            "/keys",
                            "{\"userId\":\"u" + made + "\",\"scopes\":[\"keys:read\"],\"description\":\"d\"}")
                    .path("key")
                    .asText());
        }
        String wrong = changed(secrets.get(1));
        secrets.add(wrong);
        Api reader = new Api(admin.url(), secrets.get(1));
        String id = admin.ask(200, "GET", "/keys", "")
                .path("data")
                .path(0)
                .path("id")
                .asText();

        reader.ask(200, "GET", "/keys", "");
        reader.ask(403, "POST", "/keys", "{\"userId\":\"x\"}");
        new Api(admin.url(), wrong).ask(401, "GET", "/keys", "");
        new Api(admin.url(), wrong + "x").ask(401, "GET", "/keys", "");
        for (String presented : List.of(secrets.get(2), wrong)) {
            admin.ask(200, "POST", "/keys/verify", "{\"key\":\"" + presented + "\"}");
            admin.ask(400, "POST", "/keys/verify", "{\"key\":\"" + presented + "\",\"nonsense\":1}");
            admin.ask(400, "POST", "/keys", "{\"userId\":\"" + presented + "\",\"key\":\"" + presented + "\"}");
            admin.ask(400, "POST", "/keys", "{\"" + presented + "\":1");
            admin.send("GET", "/keys/" + presented, "");
            admin.send("GET", "/keys?startingAfter=" + presented, "");
            admin.send("GET", "/" + presented, "");
            admin.send("GET", "/keys", "", "X-Request-Id", presented + "\u0009");
            admin.send("GET", "/keys", "", "Authorization", "Bearer " + presented);
            malformed(admin.url(), presented);
        }
        admin.ask(200, "PUT", "/keys/" + id, "{\"apiVersion\":\"2024-05-22\",\"description\":\"e\"}");
        admin.send("DELETE", "/keys/" + id, "");
        admin.ask(409, "PUT", "/keys/" + id, "{\"description\":\"late\"}");
        Ran cli = Ran.command(Map.of("KEYWRIGHT_API_KEY", secrets.get(3)), "keys", "list", "--server", admin.url());
        assertThat(cli.status()).isZero();
        assertThat(cli.out()).doesNotContain(secrets.get(3));
    }

    /** What the container refuses before anybody else sees it. */
    private static void malformed(String url, String presented) throws IOException {
        for (String head : List.of(
                "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: " + presented,
                "GET /health/live HTTP/1.1\r\nHost: " + presented + " x",
                "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: \u009b31m\u0085FORGED",
                "CONNECT /keys/" + presented + " HTTP/1.1\r\nHost: x",
                presented + " /keys HTTP/1.1\r\nHost: x")) {
            try (Socket socket = new Socket("127.0.0.1", URI.create(url).getPort())) {
                socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 4");
            }
        }
    }

    private static String changed(String secret) {
        int at = secret.length() - 20;
        char other = secret.charAt(at) == 'a' ? 'b' : 'a';
        return secret.substring(0, at) + other + secret.substring(at + 1);
    }

    @Test
    void noSecretIsInAnyLogOrFile() throws Exception {
        String out;
        String err;
        try (ServerProcess server = ServerProcess.start(
                folder,
                Map.of("KEYWRIGHT_KEY_PEPPER", PEPPER, "KEYWRIGHT_DB_USER", "kw", "KEYWRIGHT_DB_PASSWORD", PASSWORD),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-Dorg.slf4j.simpleLogger.log.dev.keywright=trace",
                "-Dorg.slf4j.simpleLogger.log.io.javalin.Javalin=trace",
                "-Dorg.slf4j.simpleLogger.log.org.eclipse.jetty=trace",
                "-Dorg.slf4j.simpleLogger.log.org.eclipse.jetty.http.HttpParser=trace")) {
            secrets.add(server.firstKey().orElseThrow());
            journey(new Api(server.url(), secrets.get(0)));
            server.terminate();
            server.exitStatus();
            out = server.out();
            err = server.err();
        }
        assertThat(err).contains("[TRACE]").contains("[DEBUG]");
        assertThat(out.split(secrets.get(0), -1))
                .as("the key and the curl line")
                .hasSize(3);
        secrets.addAll(List.of(PEPPER, PASSWORD));

        Map<String, byte[]> left = new LinkedHashMap<>();
        left.put("standard error", err.getBytes(StandardCharsets.UTF_8));
        left.put("standard output", out.replace(secrets.get(0), "").getBytes(StandardCharsets.UTF_8));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                left.put(file.toString(), Files.readAllBytes(file));
            }
        }
        assertThat(left).hasSizeGreaterThan(3);
        List<String> leaks = new ArrayList<>();
        left.forEach((place, bytes) -> secrets.forEach(secret ->
                spellings(secret).forEach((spelling, text) -> leaks.addAll(leaks(place, bytes, spelling, text)))));
        assertThat(leaks).isEmpty();
    }

    /** The random part, in each spelling in which it could be found again. */
    private static Map<String, byte[]> spellings(String secret) {
        String part = KeySecret.parse(secret).isPresent() ? secret.substring(secret.length() - 38) : secret;
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        byte[] whole = secret.getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> spellings = new LinkedHashMap<>();
        spellings.put("UTF-8", bytes);
        spellings.put("UTF-16BE", part.getBytes(StandardCharsets.UTF_16BE));
        spellings.put("UTF-16LE", part.getBytes(StandardCharsets.UTF_16LE));
        spellings.put("hex", ascii(HexFormat.of().formatHex(bytes)));
        spellings.put("HEX", ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
        spellings.put("base64", ascii(Base64.getEncoder().withoutPadding().encodeToString(whole)));
        spellings.put(
                "base64 URL", ascii(Base64.getUrlEncoder().withoutPadding().encodeToString(whole)));
        return spellings;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> leaks(String place, byte[] bytes, String spelling, byte[] text) {
        Charset oneToOne = StandardCharsets.ISO_8859_1;
        String content = new String(bytes, oneToOne);
        int at = content.indexOf(new String(text, oneToOne));
        return at < 0
                ? List.of()
                : List.of(place + " holds a secret as " + spelling + " after: "
                        + content.substring(Math.max(0, at - 160), at).lines().reduce("", (a, b) -> b));
    }

    /** */
    @Test
    void whatACallerSendsForgesNoLineOfTheLog() throws Exception {
        String hostile = "a\\r\\n2026-01-01T00:00:00.000Z [INFO] forged - line\\u001b[2J\\u202e";
        String err;
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            Api admin = new Api(server.url(), server.firstKey().orElseThrow());
            admin.ask(201, "POST", "/keys", "{\"userId\":\"" + hostile + "\",\"description\":\"" + hostile + "\"}");
            admin.ask(400, "POST", "/keys", "{\"userId\":\"u\",\"" + hostile + "\":\"" + hostile + "\"}");
            admin.send("GET", "/keys/a%0D%0A2026%20forged%1B%5B2J", "");
            admin.send("GET", "/keys?status=%0D%0Aforged%1B%5B2J%E2%80%AE", "");
            admin.send("GET", "/keys", "", "X-Request-Id", "forged \u00e2\u0080\u00ae line", "User-Agent", "forged");
            server.terminate();
            server.exitStatus();
            err = server.err();
        }
        assertThat(err)
                .contains("method=POST route=/keys status=201")
                .doesNotContain("forged")
                .doesNotContain("\u001b");
        assertThat(err.lines()).allMatch(line -> line.matches(LOG_LINE));
    }
}
