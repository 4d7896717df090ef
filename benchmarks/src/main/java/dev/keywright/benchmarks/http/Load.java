package dev.keywright.benchmarks.http;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** As many requests as some connections can carry, each connection waiting for an answer before it sends again. */
final class Load {
    private final int connections;
    private final SplittableRandom seeds = new SplittableRandom(20_260_101);

    Load(int connections) {
        this.connections = connections;
    }

    /** Makes calls, drawn at random, for some time; any answer but the expected one ends it. */
    Window run(Server server, List<Call> calls, Duration time) throws IOException, InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        try {
            Duration cpuBefore = server.cpu();
            long start = System.nanoTime();
            long end = start + time.toNanos();
            List<Callable<Latencies>> work = new ArrayList<>();
            for (int client = 0; client < connections; client++) {
                SplittableRandom random = seeds.split();
                work.add(() -> client(server.port(), calls, random, end));
            }
            Latencies all = new Latencies();
            for (Future<Latencies> done : clients.invokeAll(work)) {
                all.add(done.get());
            }
            Duration wall = Duration.ofNanos(System.nanoTime() - start);
            return new Window(all, wall, server.cpu().minus(cpuBefore));
        } catch (ExecutionException e) {
            throw new IOException("a call to " + server + " went wrong", e.getCause());
        } finally {
            clients.shutdownNow();
        }
    }

    private static Latencies client(int port, List<Call> calls, SplittableRandom random, long end) throws IOException {
        Latencies latencies = new Latencies();
        try (Connection connection = new Connection(port)) {
            long now = System.nanoTime();
            // Once at least, however late it is.
            do {
                calls.get(random.nextInt(calls.size())).on(connection);
                long after = System.nanoTime();
                latencies.add(after - now);
                now = after;
            } while (now < end);
        }
        return latencies;
    }
}
