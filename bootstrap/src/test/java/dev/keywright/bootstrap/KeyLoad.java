package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Clients that create, update, verify and delete keys over HTTP without a pause, each its own, and write down what they were
 * told. An answer that nobody may get is written down as wrong.
 */
final class KeyLoad implements AutoCloseable {

    /** What is known of a key. Only the client whose it is writes to it. */
    static final class Known {
        final String user;
        volatile String id = "";
        volatile String secret = "";
        /** The last description that was acknowledged, and the last that was sent. */
        volatile int acknowledged;

        volatile int sent;
        volatile boolean deletionSent;
        volatile boolean deleted;

        Known(String user) {
            this.user = user;
        }

        boolean isCreated() {
            return !id.isEmpty();
        }
    }

    /** Who finds nobody there, or is told to come again, does so a little later. */
    private static final Duration BREATH = Duration.ofMillis(250);

    private final List<Supplier<String>> nodes;
    private final String management;
    private final boolean nodesDie;
    private final Map<String, Known> keys = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicLong> lastSuccess = new ConcurrentHashMap<>();
    private final AtomicLong slowest = new AtomicLong();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    /**
     * @param nodes the URL of each node, asked for at every request
     * @param management a key that may do everything
     * @param nodesDie whether it is all right to get no answer at all
     */
    KeyLoad(List<Supplier<String>> nodes, String management, boolean nodesDie) {
        this.nodes = nodes;
        this.management = management;
        this.nodesDie = nodesDie;
        IntStream.range(0, nodes.size()).forEach(node -> lastSuccess.put(node, new AtomicLong(System.nanoTime())));
    }

    KeyLoad start(int count) {
        for (int number = 0; number < count; number++) {
            int client = number;
            Thread thread = new Thread(() -> run(client), "client-" + client);
            thread.setDaemon(true);
            clients.add(thread);
            thread.start();
        }
        return this;
    }

    private void run(int client) {
        Random random = new Random(client);
        List<Known> alive = new ArrayList<>();
        try {
            for (int number = 0; !over; number++) {
                if (alive.size() < 3) {
                    Known created = create(client, number, random);
                    if (created.isCreated()) {
                        alive.add(created);
                    }
                } else {
                    Known key = alive.get(random.nextInt(alive.size()));
                    switch (random.nextInt(8)) {
                        case 0, 1, 2 -> update(key, random);
                        case 3, 4 -> verify(key, random);
                        default -> {
                            alive.remove(key);
                            delete(key, random);
                        }
                    }
                }
            }
        } catch (Throwable failure) {
            wrong.add(client + " ended with " + failure);
        }
    }

    private Known create(int client, int number, Random random) throws InterruptedException {
        Known key = new Known("u" + client + "-" + number);
        keys.put(key.user, key);
        String answer =
                ask(random, 201, "POST", "/keys", "{\"userId\":\"" + key.user + "\",\"description\":\"0\"}", key.user);
        if (!answer.isEmpty()) {
            JsonNode created = Api.json(answer);
            key.secret = created.path("key").asText();
            key.id = created.path("id").asText();
        }
        return key;
    }

    private void update(Known key, Random random) throws InterruptedException {
        int next = key.sent + 1;
        key.sent = next;
        String answer = ask(random, 200, "PUT", "/keys/" + key.id, "{\"description\":\"" + next + "\"}", "");
        if (!answer.isEmpty()) {
            key.acknowledged = next;
        }
    }

    private void verify(Known key, Random random) throws InterruptedException {
        verdict(random.nextInt(nodes.size()), key, "VALID");
    }

    private void delete(Known key, Random random) throws InterruptedException {
        key.deletionSent = true;
        int node = random.nextInt(nodes.size());
        if (!ask(node, 204, "DELETE", "/keys/" + key.id, "", "").isEmpty()) {
            key.deleted = true;
            verdict(node, key, "DELETED");
        }
    }

    private void verdict(int node, Known key, String expected) throws InterruptedException {
        String answer = ask(node, 200, "POST", "/keys/verify", "{\"key\":\"" + key.secret + "\"}", "");
        if (!answer.isEmpty() && !Api.json(answer).path("code").asText().equals(expected)) {
            wrong.add("A key that is " + expected + " was judged " + answer);
        }
    }

    private String ask(Random random, int status, String method, String path, String body, String once)
            throws InterruptedException {
        return ask(random.nextInt(nodes.size()), status, method, path, body, once);
    }

    /** The body of the answer, or a blank where there is none to a success; empty if nothing is known. */
    private String ask(int node, int status, String method, String path, String body, String once)
            throws InterruptedException {
        Api api = new Api(nodes.get(node).get(), management);
        long begun = System.nanoTime();
        try {
            HttpResponse<String> answer = once.isEmpty()
                    ? api.send(method, path, body)
                    : api.send(method, path, body, "Idempotency-Key", once);
            if (answer.statusCode() == status) {
                acknowledged.incrementAndGet();
                lastSuccess.get(node).set(System.nanoTime());
                return answer.body().isEmpty() ? " " : answer.body();
            }
            unavailable.incrementAndGet();
            boolean comeAgain = answer.headers().firstValue("Retry-After").isPresent();
            if (answer.statusCode() != 503 || !comeAgain) {
                wrong.add(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException noAnswer) {
            unanswered.incrementAndGet();
            if (!nodesDie) {
                wrong.add(method + " " + path + ": " + noAnswer);
            }
        } finally {
            slowest.accumulateAndGet(System.nanoTime() - begun, Math::max);
        }
        Pauses.of(BREATH);
        return "";
    }

    /** Sends again, with its idempotency key, every create of which nothing is known. */
    void settleCreates() throws InterruptedException {
        for (Known key : keys.values()) {
            if (!key.isCreated()) {
                String body = "{\"userId\":\"" + key.user + "\",\"description\":\"0\"}";
                key.id = Api.json(ask(0, 201, "POST", "/keys", body, key.user))
                        .path("id")
                        .asText();
            }
        }
    }

    /** Waits until this node has acknowledged something that it was asked for after now; answers how long that took. */
    Duration untilSuccess(int node) {
        long begun = System.nanoTime();
        while (lastSuccess.get(node).get() - begun <= 0) {
            if (System.nanoTime() - begun > Duration.ofSeconds(30).toNanos()) {
                throw new AssertionError("Node " + node + " did not recover; wrong so far: " + wrong);
            }
            Pauses.of(Duration.ofMillis(5));
        }
        return Duration.ofNanos(lastSuccess.get(node).get() - begun);
    }

    Collection<Known> keys() {
        return keys.values();
    }

    Collection<String> wrong() {
        return wrong;
    }

    Duration slowest() {
        return Duration.ofNanos(slowest.get());
    }

    int acknowledged() {
        return acknowledged.get();
    }

    int unavailable() {
        return unavailable.get();
    }

    int unanswered() {
        return unanswered.get();
    }

    /** Lets every client finish what it is about. */
    @Override
    public void close() {
        over = true;
        try {
            for (Thread client : clients) {
                client.join(Duration.ofSeconds(60).toMillis());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return "acknowledged " + acknowledged + ", unavailable " + unavailable + ", unanswered " + unanswered
                + ", keys " + keys.size() + ", slowest answer " + slowest().toMillis() + " ms, wrong " + wrong.size();
    }
}
