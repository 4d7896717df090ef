package dev.keywright.benchmarks.store;

import dev.keywright.benchmarks.result.Limit;
import dev.keywright.benchmarks.result.ResultLine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs all benchmarks of the store, on PostgreSQL and on H2. */
public final class InTheStore {

    private InTheStore() {}

    /**
     * How long it takes.
     *
     * @param onPostgres numbers of keys on PostgreSQL, the smallest first
     * @param onH2 numbers of keys on H2, the smallest first
     * @param others how many companies stand beside one
     * @param rounds how often each list is looked at, 20 pages each time
     * @param windows how many windows of creates count
     * @param window how long each is
     * @param clients how many create over HTTP
     */
    public record Plan(
            List<Long> onPostgres,
            List<Long> onH2,
            int others,
            int rounds,
            int windows,
            Duration window,
            List<Integer> clients) {
        /** Long enough for figures. */
        public static final Plan WHOLE = new Plan(
                List.of(1_000L, 100_000L, 1_000_000L, 10_000_000L),
                List.of(1_000L, 100_000L, 1_000_000L),
                100_000,
                100,
                8,
                Duration.ofSeconds(3),
                List.of(16, 64));
        /** Long enough to see that it works. */
        public static final Plan QUICK = new Plan(
                List.of(1_000L, 100_000L),
                List.of(1_000L, 100_000L),
                1_000,
                20,
                4,
                Duration.ofSeconds(2),
                List.of(16, 64));
    }

    /**
     * Runs it and answers the lines of the table.
     *
     * @param jar the executable jar of the product
     * @param creates whether creates are measured
     * @param lists whether lists are measured
     * @param jvm options for its JVM
     */
    public static List<ResultLine> run(Path jar, Plan plan, boolean creates, boolean lists, List<String> jvm)
            throws IOException, InterruptedException, SQLException {
        List<ResultLine> lines = new ArrayList<>();
        try (Engine postgres = Engine.postgres();
                Engine h2 = Engine.h2()) {
            if (creates) {
                lines.addAll(creates(postgres, h2, jar, plan, jvm));
            }
            if (lists) {
                lines.addAll(Lists.run(h2, plan.onH2(), plan.others(), plan.rounds()));
                lines.addAll(Lists.run(postgres, plan.onPostgres(), plan.others(), plan.rounds()));
            }
        }
        return lines;
    }

    private static List<ResultLine> creates(Engine postgres, Engine h2, Path jar, Plan plan, List<String> jvm)
            throws IOException, InterruptedException, SQLException {
        List<ResultLine> lines = new ArrayList<>();
        Creates onPostgres = new Creates(postgres, plan.window(), plan.windows());
        lines.add(onPostgres.onOneConnection(Limit.atLeast(0.85)));
        for (int clients : plan.clients()) {
            lines.add(onPostgres.overHttp(jar, jvm, clients, Limit.atLeast(0.6)));
        }
        lines.addAll(SyncedCreates.run(h2, plan.window(), plan.windows()));
        return lines;
    }
}
