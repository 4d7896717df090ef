package dev.keywright.benchmarks.store;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.benchmarks.http.CreatesOverHttp;
import dev.keywright.benchmarks.result.Limit;
import dev.keywright.benchmarks.result.ResultLine;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How many keys are created in a second, beside bare inserts of one row each on the same server, in turn. */
final class Creates {
    static final KeyDraft DRAFT = KeyDraft.of(new UserId("alice")).withScopes(Scopes.of(Scope.KEYS_READ));

    private final Engine engine;
    private final Duration window;
    private final int rounds;

    Creates(Engine engine, Duration window, int rounds) {
        this.engine = engine;
        this.window = window;
        this.rounds = rounds;
    }

    private interface Rate {
        double measure(Duration time) throws IOException, InterruptedException, SQLException;
    }

    /** One thread, in process. */
    ResultLine onOneConnection(Limit limit) throws IOException, InterruptedException, SQLException {
        DatabaseSettings settings = engine.fresh("creates");
        try (Database database = Database.open(settings);
                BareInserts bare = BareInserts.on(engine, settings, 1)) {
            KeyAdministration administration = new KeyAdministration(
                    database.store(), InstantSource.system(), new SecureRandom(), KeyPolicy.defaults());
            return compare(
                    engine + ", creates on one connection against bare inserts",
                    time -> {
                        long start = System.nanoTime();
                        long end = start + time.toNanos();
                        long made = 0;
                        while (System.nanoTime() < end) {
                            administration.create(Filled.CALLER, DRAFT);
                            made++;
                        }
                        return made * 1e9 / (System.nanoTime() - start);
                    },
                    bare::perSecond,
                    limit);
        }
    }

    /** The executable jar in a process of its own, and as many connections for the bare inserts as there are clients, up to 16. */
    ResultLine overHttp(Path jar, List<String> jvm, int clients, Limit limit)
            throws IOException, InterruptedException, SQLException {
        DatabaseSettings settings = engine.fresh("http_" + clients);
        int connections = Math.min(clients, 16);
        try (BareInserts bare = BareInserts.on(engine, settings, connections);
                CreatesOverHttp http = CreatesOverHttp.start(
                        jar, jvm, settings.url(), settings.user().orElse(""), clients)) {
            return compare(
                    engine + ", `POST /keys` by " + clients + " clients against bare inserts on " + connections
                            + " connections",
                    http::perSecond,
                    bare::perSecond,
                    limit);
        }
    }

    /** The medians of windows in turn, after twice as many creates that do not count: a JVM takes half a minute to know this work. */
    private ResultLine compare(String what, Rate product, Rate floor, Limit limit)
            throws IOException, InterruptedException, SQLException {
        System.out.println(what);
        List<Double> ours = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        for (int round = 0; round < 2 * rounds; round++) {
            System.out.printf(Locale.ROOT, "  %8.0f creates/s, not counted%n", product.measure(window));
        }
        floor.measure(window);
        for (int round = 0; round < rounds; round++) {
            bare.add(floor.measure(window));
            ours.add(product.measure(window));
            System.out.printf(
                    Locale.ROOT, "  %8.0f creates/s %8.0f bare inserts/s%n", ours.get(round), bare.get(round));
        }
        return ResultLine.ratio(what, "/s", median(ours), median(bare), limit);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
