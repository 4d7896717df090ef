package dev.keywright.jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections for changes to an H2 file, as long as its disk has a {@link Reserve}. Thread-safe. */
final class WhileThereIsSpace extends PlainDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(WhileThereIsSpace.class);

    /** What PostgreSQL says then. */
    private static final String DISK_FULL = "53100";

    private final DataSource connections;
    private final Reserve reserve;
    private final AtomicBoolean refuses = new AtomicBoolean();

    /**
     * Guards the connections of a pool.
     *
     * @param connections which are handed out one at a time
     */
    WhileThereIsSpace(DataSource connections, Reserve reserve) {
        this.connections = connections;
        this.reserve = reserve;
    }

    boolean isThereSpace() {
        return reserve.isKept();
    }

    /**
     * A connection. Whether there is a reserve is asked by whoever has it, so that only those who share one commit rely on it.
     *
     * @throws SQLException with SQLState 53100 if the disk is full
     */
    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = connections.getConnection();
        if (reserve.isKept()) {
            if (refuses.compareAndSet(true, false)) {
                LOG.info("The disk of the database has space again");
            }
            return connection;
        }
        connection.close();
        if (refuses.compareAndSet(false, true)) {
            LOG.warn(
                    "The disk of the database is full: changes are refused until it has {} MB",
                    2 * Reserve.BYTES >> 20);
        }
        throw new SQLException("the disk of the database is full", DISK_FULL);
    }
}
