package dev.keywright.benchmarks.store;

import dev.keywright.jdbi.DatabaseSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** The cheapest durable thing that a database does: a small row with a primary key, a statement and a commit each. */
final class BareInserts implements AutoCloseable {
    private static final String PAYLOAD = "x".repeat(100);

    private final List<Connection> connections = new ArrayList<>();
    private final ExecutorService threads;

    private BareInserts(int connections) {
        this.threads = Executors.newFixedThreadPool(connections);
    }

    static BareInserts on(Engine engine, DatabaseSettings settings, int connections) throws SQLException {
        BareInserts bare = new BareInserts(connections);
        for (int connection = 0; connection < connections; connection++) {
            bare.connections.add(engine.connect(settings));
        }
        try (Statement statement = bare.connections.get(0).createStatement()) {
            statement.execute("create table bare (id uuid primary key, payload varchar(200) not null)");
        }
        return bare;
    }

    double perSecond(Duration time) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Callable<Long>> work = connections.stream()
                .<Callable<Long>>map(connection -> () -> insert(connection, end))
                .toList();
        try {
            long rows = 0;
            for (Future<Long> done : threads.invokeAll(work)) {
                rows += done.get();
            }
            return rows * 1e9 / (System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a bare insert failed", e.getCause());
        }
    }

    private static long insert(Connection connection, long end) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long rows = 0;
        try (PreparedStatement statement =
                connection.prepareStatement("insert into bare (id, payload) values (?, ?)")) {
            while (System.nanoTime() < end) {
                statement.setObject(1, new UUID(random.nextLong(), random.nextLong()));
                statement.setString(2, PAYLOAD);
                rows += statement.executeUpdate();
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        threads.shutdownNow();
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
