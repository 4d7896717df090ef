package dev.keywright.jdbi;

import dev.keywright.jdbi.LookUps.Question;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to a standby that are opened one after the other and given up together, never one by one.
 *
 * <p>A standby only ever goes forward while it runs; one that crashed may show an older state for a moment when it is back.
 * All connections die with it. So what the newest of these connections has once shown, whichever of them still answers shows too.
 */
final class StandbyConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyConnections.class);

    /** How long a look-up waits for a connection. Who finds none goes to the primary. */
    private static final int PATIENCE_MILLIS = 50;

    /** How long it is waited for an answer. */
    private static final int SILENCE_MILLIS = 500;

    /** How connections come about. */
    interface Opening {
        Connection open() throws SQLException;
    }

    private final BlockingDeque<Connection> idle = new LinkedBlockingDeque<>();
    private final Connection newest;
    private volatile boolean closed;

    private StandbyConnections(Connection newest) {
        this.newest = newest;
    }

    /** Opens so many for look-ups, and after them one to watch the standby by. */
    static StandbyConnections open(Opening opening, int size) throws SQLException {
        BlockingDeque<Connection> opened = new LinkedBlockingDeque<>();
        try {
            for (int i = 0; i < size; i++) {
                opened.add(opening.open());
            }
            StandbyConnections all = new StandbyConnections(opening.open());
            all.idle.addAll(opened);
            return all;
        } catch (SQLException | RuntimeException failure) {
            opened.forEach(StandbyConnections::closeQuietly);
            throw failure;
        }
    }

    /**
     * A connection that only reads and never waits for long: whatever the standby does not do within half a second, the primary
     * is asked for.
     */
    static Connection connect(String url, Credentials credentials) throws SQLException {
        Properties properties = credentials.toProperties();
        properties.putAll(Dialect.POSTGRESQL.connectionProperties());
        Connection connection = DriverManager.getConnection(url, properties);
        try (Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
            statement.execute("set default_transaction_read_only = on; set statement_timeout = 400");
            return connection;
        } catch (SQLException | RuntimeException failure) {
            closeQuietly(connection);
            throw failure;
        }
    }

    /**
     * What the standby answers; empty if there is no connection for it now.
     *
     * @throws SQLException if the standby does not answer as it should; then these connections are of no more use
     */
    <R> Optional<R> ask(Question<R> question) throws SQLException {
        Connection connection = take();
        if (connection == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.on(connection));
        } finally {
            idle.addFirst(connection);
            if (closed) {
                closeIdle();
            }
        }
    }

    private @Nullable Connection take() {
        try {
            return idle.pollFirst(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** How far the standby is in the primary's log. Only one thread at a time may ask this. */
    long replayed() throws SQLException {
        try (PreparedStatement statement = newest.prepareStatement(KeySql.LOG_REPLAYED);
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (!row.getBoolean(2)) {
                throw new SQLException("the server is no hot standby", "55000");
            }
            return row.getLong(1);
        }
    }

    /** Which cluster the server belongs to: a primary and its standbys have the same. Only one thread at a time may ask this. */
    String cluster() throws SQLException {
        return cluster(newest);
    }

    static String cluster(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KeySql.CLUSTER);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    /** Closes them; those in use when they are given back. */
    @Override
    public void close() {
        closed = true;
        closeQuietly(newest);
        closeIdle();
    }

    private void closeIdle() {
        for (Connection each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
            closeQuietly(each);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("Closing a connection to the standby failed: SQLState {}", e.getSQLState());
        }
    }
}
