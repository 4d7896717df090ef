package dev.keywright.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Processes of the service over one PostgreSQL, and what a gateway asks them. */
final class Nodes implements AutoCloseable {

    private final List<ServerProcess> nodes = new ArrayList<>();
    private final Path folder;
    private String management = "";

    Nodes(Path folder) {
        this.folder = folder;
    }

    /** Starts one more. */
    int start(String databaseUrl, Duration bound, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("KEYWRIGHT_DB_URL", databaseUrl);
        environment.put("KEYWRIGHT_REVOCATION_BOUND", bound.toString());
        ServerProcess node = ServerProcess.start(folder, environment);
        nodes.add(node);
        management = node.firstKey().orElse(management);
        return nodes.size() - 1;
    }

    ServerProcess process(int node) {
        return nodes.get(node);
    }

    Api at(int node) {
        return new Api(nodes.get(node).url(), management);
    }

    /** A key, made at a node. */
    record Made(String id, String secret) {}

    Made create(int node) throws IOException, InterruptedException {
        var created = at(node).ask(201, "POST", "/keys", "{\"userId\":\"alice\"}");
        return new Made(created.path("id").asText(), created.path("key").asText());
    }

    /** Deletes the key at a node; answers when that was acknowledged. */
    long revoke(int node, Made key) throws IOException, InterruptedException {
        int status = at(node).send("DELETE", "/keys/" + key.id(), "").statusCode();
        if (status != 204) {
            throw new AssertionError("The deletion was answered " + status);
        }
        return System.nanoTime();
    }

    /** What a node says of a key that a gateway was presented: its code, or the status if it cannot say. */
    String verdict(int node, Made key) throws IOException, InterruptedException {
        var answer = at(node).send("POST", "/keys/verify", "{\"key\":\"" + key.secret() + "\"}");
        return answer.statusCode() == 200
                ? Api.json(answer.body()).path("code").asText()
                : Integer.toString(answer.statusCode());
    }

    /**
     * Asks a node until it does not grant the key any more.
     *
     * @return how long after the acknowledgement the last question was begun that it granted; less than nothing if none was
     */
    Duration grantedAfter(long acknowledged, int node, Made key) throws IOException, InterruptedException {
        long last = acknowledged - 1;
        for (long begins = System.nanoTime(); verdict(node, key).equals("VALID"); begins = System.nanoTime()) {
            last = begins;
        }
        return Duration.ofNanos(last - acknowledged);
    }

    @Override
    public void close() {
        nodes.forEach(ServerProcess::close);
    }
}
