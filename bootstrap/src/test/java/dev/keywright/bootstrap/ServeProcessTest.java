package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process, with an H2 file in the folder that it was started in. */
final class ServeProcessTest {

    private static final int ENOUGH = 40;

    @TempDir
    private Path folder = Path.of("");

    /** */
    @Test
    void aServerIsStartedUsedToldToStopAndStartedAgain() throws Exception {
        String first;
        String made;
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            first = server.firstKey().orElseThrow();
            Api api = new Api(server.url(), first);
            assertThat(server.out()).contains("curl -H 'X-API-Key: " + first + "' " + server.url() + "/keys");
            JsonNode keys = api.ask(200, "GET", "/keys", "");
            JsonNode admin = keys.path("data").path(0);
            assertThat(keys.path("total").asInt()).isEqualTo(1);
            assertThat(admin.path("companyId").asText()).isEqualTo("default");
            assertThat(admin.path("userId").asText()).isEqualTo("admin");
            assertThat(admin.path("description").asText()).isEqualTo("First management key");
            assertThat(admin.path("scopes").toString()).isEqualTo("[\"keys:read\",\"keys:verify\",\"keys:write\"]");
            assertThat(folder.resolve("data/keywright.mv.db")).isRegularFile();

            Ran second = Ran.command(
                    Map.of("KEYWRIGHT_DB_URL", "jdbc:h2:file:" + folder.resolve("data/keywright")),
                    "serve",
                    "--http-port",
                    "0");
            assertThat(second.status()).isEqualTo(69);
            assertThat(second.err()).contains("is in use by another process");
            assertThat(second.out()).isEmpty();

            made = answeredWhileItStops(server, first).path("id").asText();
            assertThat(server.exitStatus()).isEqualTo(143);
            assertThat(server.err()).doesNotContain(first).endsWith("Stopped");
        }
        try (ServerProcess again = ServerProcess.start(folder, Map.of())) {
            assertThat(again.firstKey()).isEmpty();
            assertThat(again.out()).startsWith("Keywright listens on ").hasLineCount(1);
            assertThat(new Api(again.url(), first)
                            .ask(200, "GET", "/keys/" + made, "")
                            .path("userId")
                            .asText())
                    .isEqualTo("late");
        }
    }

    /** Sends one half of a request, tells the server to stop, and sends the other half. */
    private static JsonNode answeredWhileItStops(ServerProcess server, String key) throws IOException {
        byte[] body = "{\"userId\":\"late\"}".getBytes(StandardCharsets.US_ASCII);
        String head = "POST /keys HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + key
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\nExpect: 100-continue\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", URI.create(server.url()).getPort())) {
            OutputStream request = socket.getOutputStream();
            InputStream answer = socket.getInputStream();
            request.write(head.getBytes(StandardCharsets.US_ASCII));
            request.flush();
            // The server asks for the body, so the request is in its hands.
            assertThat(head(answer)).startsWith("HTTP/1.1 100");
            server.terminate();
            server.awaitLog("Stopping");
            request.write(body);
            request.flush();
            String headOfAnswer = head(answer);
            assertThat(headOfAnswer).startsWith("HTTP/1.1 201");
            return Api.json(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String head(InputStream answer) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = answer.read();
            if (next < 0) {
                throw new AssertionError("cut off after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** what was acknowledged before or during the stop is there afterwards. */
    @Test
    void nothingAcknowledgedIsLostByAStopUnderLoad() throws Exception {
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        String first;
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            first = server.firstKey().orElseThrow();
            Api api = new Api(server.url(), first);
            CountDownLatch enough = new CountDownLatch(ENOUGH);
            List<Thread> clients = IntStream.range(0, 4)
                    .mapToObj(any -> new Thread(() -> createUntilRefused(api, acknowledged, enough)))
                    .toList();
            clients.forEach(Thread::start);
            enough.await();
            server.terminate();
            for (Thread client : clients) {
                client.join();
            }
            assertThat(server.exitStatus()).isEqualTo(143);
        }
        Ran all = Ran.command(
                Map.of("KEYWRIGHT_DB_URL", "jdbc:h2:file:" + folder.resolve("data/keywright")),
                "keys",
                "list",
                "--company",
                "default",
                "--all",
                "--json");
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ENOUGH);
        assertThat(Api.json(all.out()).path("data").findValuesAsText("id")).containsAll(acknowledged);
    }

    private static void createUntilRefused(Api api, Queue<String> acknowledged, CountDownLatch enough) {
        try {
            while (true) {
                HttpResponse<String> answer = api.send("POST", "/keys", "{\"userId\":\"load\"}");
                if (answer.statusCode() != 201) {
                    assertThat(answer.statusCode()).isEqualTo(503);
                    return;
                }
                acknowledged.add(Api.json(answer.body()).path("id").asText());
                enough.countDown();
            }
        } catch (IOException stopped) {
            // The server listens no more.
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** an empty place where keys were is never taken for a new beginning. */
    @Test
    void aServerWhoseFileIsGoneRefusesToStart() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            server.terminate();
            server.exitStatus();
        }
        Path file = folder.resolve("data/keywright.mv.db");
        byte[] whole = Files.readAllBytes(file);
        Map<String, String> environment =
                Map.of("KEYWRIGHT_DB_URL", "jdbc:h2:file:" + folder.resolve("data/keywright"));

        Files.delete(file);
        Ran missing = Ran.command(environment, "serve", "--http-port", "0");
        Files.write(file, new byte[0]);
        Ran empty = Ran.command(environment, "serve", "--http-port", "0");
        byte[] broken = whole.clone();
        java.util.Arrays.fill(broken, 0, Math.min(broken.length, 12_288), (byte) 'x');
        Files.write(file, broken);
        Ran damaged = Ran.command(environment, "serve", "--http-port", "0");

        assertThat(List.of(missing, empty, damaged)).allSatisfy(refused -> {
            assertThat(refused.status()).isEqualTo(69);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err()).contains(file.toString()).contains("backup");
        });
    }
}
