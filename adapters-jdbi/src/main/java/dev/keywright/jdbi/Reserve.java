package dev.keywright.jdbi;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections for changes to an H2 file, as long as its disk has a reserve: H2 closes the database when a write fails, needs space to make
 * space, and cannot even end as it should on a disk that is full. Thread-safe.
 */
final class Reserve extends PlainDataSource {

    /** Bytes that stay free: about a hundred changes, and what H2 writes when it ends. */
    static final long BYTES = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);
    private static final String DISK_FULL = "53100";

    private final DataSource connections;
    private final LongSupplier left;
    private final AtomicBoolean refuses = new AtomicBoolean();

    /**
     * Guards a disk.
     *
     * @param left how many bytes are left on it
     */
    Reserve(DataSource connections, LongSupplier left) {
        this.connections = connections;
        this.left = left;
    }

    /** How much is left beside a file. Where nobody can tell, there is enough. */
    static LongSupplier beside(Path file) {
        File folder = file.toFile().getParentFile();
        return () -> {
            long left = folder.getUsableSpace();
            return left == 0 && folder.getTotalSpace() == 0 ? Long.MAX_VALUE : left;
        };
    }

    /**
     * A connection. It looks at the disk once it has one, since only one at a time can change the file.
     *
     * @throws SQLException with SQLState 53100 if less than the reserve is left
     */
    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = connections.getConnection();
        if (left.getAsLong() >= BYTES) {
            if (refuses.compareAndSet(true, false)) {
                LOG.info("The disk of the database has space again");
            }
            return connection;
        }
        connection.close();
        if (refuses.compareAndSet(false, true)) {
            LOG.warn("The disk of the database has less than {} MB left: changes are refused", BYTES >> 20);
        }
        throw new SQLException("less than " + (BYTES >> 20) + " MB are left on the disk of the database", DISK_FULL);
    }
}
