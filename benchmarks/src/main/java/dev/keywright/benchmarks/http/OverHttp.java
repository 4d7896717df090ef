package dev.keywright.benchmarks.http;

import dev.keywright.benchmarks.result.Limit;
import dev.keywright.benchmarks.result.ResultLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts the product and a server that does nothing under the same load, in turn, and compares the CPU time that a request
 * costs each: the smallest of its windows counts, for what disturbs a window only ever adds to it.
 */
public final class OverHttp {
    private static final Limit AT_MOST_A_TENTH_MORE = Limit.atMost(1.10);
    private static final int MOST_WARM_UPS = 4;

    private final Load load;
    private final Plan plan;
    private final Server product;
    private final Server noOp;

    /**
     * How long it takes.
     *
     * @param keys how many are asked about
     * @param warmUp of each server and each kind of request: at least so long
     * @param warmUpRequests at least so many before the first window, as long as that takes no more than four times as long
     * @param rounds how many windows each has
     * @param window how long each is
     * @param connections that are used at once
     */
    public record Plan(int keys, Duration warmUp, int warmUpRequests, int rounds, Duration window, int connections) {
        /** Long enough for figures. */
        public static final Plan WHOLE = new Plan(1_000, Duration.ofSeconds(20), 200_000, 6, Duration.ofSeconds(5), 8);
        /** Long enough to see that it works. */
        public static final Plan QUICK = new Plan(1_000, Duration.ofSeconds(6), 20_000, 3, Duration.ofSeconds(2), 8);
    }

    private OverHttp(Plan plan, Server product, Server noOp) {
        this.load = new Load(plan.connections());
        this.plan = plan;
        this.product = product;
        this.noOp = noOp;
    }

    /**
     * Runs it and answers the lines of the table.
     *
     * @param jar the executable jar of the product
     * @param verify whether {@code POST /keys/verify} is measured
     * @param auth whether {@code GET /auth} is measured
     * @param jvm options for the JVM of both servers
     */
    public static List<ResultLine> run(Path jar, Plan plan, boolean verify, boolean auth, List<String> jvm)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("keywright-benchmark");
        try (Server product = Server.product(jar, folder, jvm);
                Server noOp = Server.noOp(folder, jvm)) {
            return new OverHttp(plan, product, noOp).lines(verify, auth);
        } finally {
            delete(folder);
        }
    }

    private List<ResultLine> lines(boolean verify, boolean auth) throws IOException, InterruptedException {
        Keys keys = Keys.make(product, plan.keys());
        List<ResultLine> lines = new ArrayList<>();
        if (verify) {
            lines.add(compare("`POST /keys/verify`, CPU per request", keys.verifications()));
        }
        if (auth) {
            List<Call> calls = keys.authentications();
            if (isOffered(calls.get(0))) {
                lines.add(compare("`GET /auth`, CPU per request", calls));
            } else {
                System.out.println("SKIPPED: the product has no GET /auth");
            }
        }
        return lines;
    }

    private boolean isOffered(Call call) throws IOException {
        try (Connection connection = new Connection(product.port())) {
            connection.exchange(call.request());
            return connection.status() != 404;
        }
    }

    private ResultLine compare(String what, List<Call> calls) throws IOException, InterruptedException {
        System.out.println(what);
        for (Server server : List.of(product, noOp)) {
            warmUp(server, calls);
        }
        double bestProduct = Double.MAX_VALUE;
        double bestNoOp = Double.MAX_VALUE;
        for (int round = 0; round < plan.rounds(); round++) {
            bestProduct = Math.min(bestProduct, window(product, calls));
            bestNoOp = Math.min(bestNoOp, window(noOp, calls));
        }
        return ResultLine.ratio(what, "µs", bestProduct, bestNoOp, AT_MOST_A_TENTH_MORE);
    }

    private void warmUp(Server server, List<Call> calls) throws IOException, InterruptedException {
        long requests = 0;
        for (int times = 0; times < MOST_WARM_UPS && (times == 0 || requests < plan.warmUpRequests()); times++) {
            Window seen = load.run(server, calls, plan.warmUp());
            System.out.println("  warm-up " + name(server) + seen.text());
            requests += seen.latencies().total();
        }
    }

    private double window(Server server, List<Call> calls) throws IOException, InterruptedException {
        Window seen = load.run(server, calls, plan.window());
        System.out.println("  window  " + name(server) + seen.text());
        return seen.cpuMicrosPerRequest();
    }

    private static String name(Server server) {
        return server.toString().equals("product") ? "product" : "no-op  ";
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
