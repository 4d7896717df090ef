package dev.keywright.jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes others who follow the changes, after a commit and beside it: PostgreSQL commits transactions that notify one after the
 * other, so none that changes keys does. Many changes may be one notification, and a lost one only makes others learn later.
 */
final class Notifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final long PATIENCE_MILLIS = 1_000;

    private final DataSource database;
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "keywright-notify");
        made.setDaemon(true);
        return made;
    });

    Notifier(DataSource database) {
        this.database = database;
    }

    /** Notifies soon. */
    void wakeOthers() {
        if (wanted.compareAndSet(false, true)) {
            thread.submit(this::send);
        }
    }

    private void send() {
        wanted.set(false);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("notify keywright_change");
        } catch (SQLException e) {
            LOG.debug("Others could not be woken: SQLState {}", e.getSQLState());
        }
    }

    /** Sends what is wanted still. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("Others could not be woken in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
