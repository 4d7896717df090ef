package dev.keywright.jdbi;

import dev.keywright.application.spi.ChangeListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the changes of all processes on a thread and a connection of its own, until it is closed: reads the events on when it
 * is woken, and from time to time in any case. While the database cannot be read the listener hears nothing.
 */
final class ChangeFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(2);
    private static final Duration BEFORE_RECONNECT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Source primary;
    private final EventReader reader;
    private final Duration pause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "keywright-feed");
    private boolean heard = true;

    /** Opens connections to the database that sees every acknowledged change. */
    interface Source {
        Connection open() throws SQLException;
    }

    private ChangeFeed(Source primary, Duration pause, ChangeListener listener) {
        this.primary = primary;
        this.reader = new EventReader(listener, System::nanoTime);
        this.pause = pause;
    }

    /**
     * Starts to follow.
     *
     * @param bound the listener hears of a change, or that there was none, at least four times in this while things go well
     */
    static ChangeFeed start(Source primary, Duration bound, ChangeListener listener) {
        Duration quarter = bound.dividedBy(4);
        Duration pause = quarter.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : quarter;
        ChangeFeed feed = new ChangeFeed(primary, pause, listener);
        feed.thread.setDaemon(true);
        feed.thread.start();
        return feed;
    }

    private void run() {
        try {
            while (!isClosed(Duration.ZERO)) {
                try (Connection connection = primary.open()) {
                    if (!takesNumbersInOrder(connection)) {
                        return;
                    }
                    follow(connection);
                } catch (SQLException | RuntimeException e) {
                    report(e);
                }
                isClosed(BEFORE_RECONNECT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Connection connection) throws SQLException, InterruptedException {
        Wakes wakes = Wakes.of(connection, closed);
        while (!isClosed(SHORTEST_PAUSE)) {
            reader.read(connection);
            if (!heard) {
                heard = true;
                LOG.info("Changes made by other processes are heard of again");
            }
            wakes.await(pause);
        }
    }

    /** Where connections take many numbers at once, late ones can be lower than any that is still looked for. */
    private static boolean takesNumbersInOrder(Connection connection) throws SQLException {
        if (Dialect.of(connection) != Dialect.POSTGRESQL) {
            return true;
        }
        try (PreparedStatement statement = connection.prepareStatement(KeySql.NUMBERS_TAKEN_AT_ONCE);
                ResultSet row = statement.executeQuery()) {
            if (row.next() && row.getLong(1) == 1) {
                return true;
            }
        }
        LOG.warn(
                "Connections to this database take many event numbers at once, so changes made by other processes cannot be"
                        + " followed: every key is looked up in the database. Set the cache of the sequence to 1 to have them followed.");
        return false;
    }

    private void report(Exception trouble) {
        if (heard) {
            heard = false;
            LOG.warn(
                    "Changes made by other processes are not heard of: {}",
                    SqlTrouble.sqlException(trouble)
                            .map(sql -> "the database reports SQLState " + SqlTrouble.state(sql))
                            .orElse(trouble.getClass().getSimpleName()));
        }
    }

    private boolean isClosed(Duration within) throws InterruptedException {
        return closed.await(within.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        awaitEnd();
    }

    /** Waits a moment for the end of its thread. */
    void awaitEnd() {
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
