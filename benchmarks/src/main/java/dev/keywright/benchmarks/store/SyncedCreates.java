package dev.keywright.benchmarks.store;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.benchmarks.result.Limit;
import dev.keywright.benchmarks.result.ResultLine;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.DatabaseSettings;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How many keys are created in a second in an H2 file, each on the disk when it is acknowledged.
 *
 * <p>By one thread, which has a sync for each create, beside bare inserts into another file with a sync each. By 16 threads, which
 * share syncs, beside the one thread: nobody reaches more with a sync each, since one connection writes and syncs.
 */
final class SyncedCreates implements AutoCloseable {

    private static final int WRITERS = 16;
    private static final String PAYLOAD = "x".repeat(100);

    private final Duration window;
    private final int rounds;
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final Database database;
    private final KeyAdministration keys;
    private final Connection bare;

    private SyncedCreates(Database database, Connection bare, Duration window, int rounds) {
        this.window = window;
        this.rounds = rounds;
        this.database = database;
        this.keys = new KeyAdministration(
                database.store(), InstantSource.system(), new SecureRandom(), KeyPolicy.defaults());
        this.bare = bare;
    }

    /** The medians of windows in turn, after as many that do not count. */
    static List<ResultLine> run(Engine h2, Duration window, int rounds) throws InterruptedException, SQLException {
        DatabaseSettings settings = h2.fresh("synced");
        CountedSyncs.begin();
        try (Connection bare = h2.connect(h2.fresh("bare"));
                SyncedCreates creates = new SyncedCreates(Database.open(settings), bare, window, rounds)) {
            return creates.measure();
        } finally {
            CountedSyncs.end();
        }
    }

    /** What one window showed. */
    private record Seen(double rate, double syncs, double bytes) {}

    private interface Work {
        long until(long end) throws InterruptedException, SQLException;
    }

    private List<ResultLine> measure() throws InterruptedException, SQLException {
        try (Statement statement = bare.createStatement()) {
            statement.execute("create table bare (id uuid primary key, payload varchar(200) not null)");
        }
        List<Seen> inserts = new ArrayList<>();
        List<Seen> alone = new ArrayList<>();
        List<Seen> together = new ArrayList<>();
        for (int round = -rounds; round < rounds; round++) {
            Seen floor = see(this::insert);
            Seen one = see(this::create);
            Seen all = see(this::createByAll);
            System.out.printf(
                    Locale.ROOT,
                    "  %8.0f creates/s by one (%.0f B each) %8.0f by %d (%.0f B) %8.0f bare inserts/s (%.0f B)%n",
                    one.rate(),
                    one.bytes(),
                    all.rate(),
                    WRITERS,
                    all.bytes(),
                    floor.rate(),
                    floor.bytes());
            if (round >= 0) {
                inserts.add(floor);
                alone.add(one);
                together.add(all);
            }
        }
        double one = median(alone.stream().map(Seen::rate).toList());
        return List.of(
                ResultLine.ratio(
                        "H2, creates by one thread against bare inserts, each synced",
                        "/s",
                        one,
                        median(inserts.stream().map(Seen::rate).toList()),
                        Limit.atLeast(0.85)),
                ResultLine.ratio(
                        "H2, creates by " + WRITERS + " threads, which share syncs, against a sync for each",
                        "/s",
                        median(together.stream().map(Seen::rate).toList()),
                        one,
                        Limit.atLeast(3)),
                ResultLine.figure(
                        "H2, syncs per create by one thread",
                        "syncs",
                        median(alone.stream().map(Seen::syncs).toList()),
                        Limit.atLeast(1)),
                ResultLine.figure(
                        "H2, syncs per create by " + WRITERS + " threads",
                        "syncs",
                        median(together.stream().map(Seen::syncs).toList()),
                        Limit.atMost(0.25)));
    }

    private Seen see(Work work) throws InterruptedException, SQLException {
        long syncs = CountedSyncs.syncs();
        long bytes = CountedSyncs.bytes();
        long start = System.nanoTime();
        double made = work.until(start + window.toNanos());
        double rate = made * 1e9 / (System.nanoTime() - start);
        return new Seen(rate, (CountedSyncs.syncs() - syncs) / made, (CountedSyncs.bytes() - bytes) / made);
    }

    private long insert(long end) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long made = 0;
        try (PreparedStatement insert = bare.prepareStatement("insert into bare (id, payload) values (?, ?)");
                PreparedStatement sync = bare.prepareStatement("checkpoint sync")) {
            while (System.nanoTime() < end) {
                insert.setObject(1, new UUID(random.nextLong(), random.nextLong()));
                insert.setString(2, PAYLOAD);
                made += insert.executeUpdate();
                sync.execute();
            }
        }
        return made;
    }

    private long create(long end) {
        long made = 0;
        while (System.nanoTime() < end) {
            keys.create(Filled.CALLER, Creates.DRAFT);
            made++;
        }
        return made;
    }

    private long createByAll(long end) throws InterruptedException {
        List<Callable<Long>> work = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            work.add(() -> create(end));
        }
        long made = 0;
        try {
            for (Future<Long> done : threads.invokeAll(work)) {
                made += done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a create failed", e.getCause());
        }
        return made;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        database.close();
    }
}
