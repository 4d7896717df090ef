package dev.keywright.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The connections in use: some for reading and some for writing, so that writers who wait for one another never keep a
 * verification waiting.
 */
final class Pools implements AutoCloseable {

    /** How long a unit of work waits for a connection. */
    static final int PATIENCE_MILLIS = 2_000;

    /** How long a change waits for a sync that another one leads: for a connection, and for the disk. */
    private static final int LONGEST_SYNC_MILLIS = 10_000;

    private final HikariDataSource reading;
    private final HikariDataSource writing;
    private final DataSource forChanges;
    private final KeptEvents kept;

    private Pools(HikariDataSource reading, HikariDataSource writing, Optional<Path> file, KeptEvents kept) {
        this.reading = reading;
        this.writing = writing;
        this.forChanges = file.<DataSource>map(path -> new WhileThereIsSpace(writing, Reserve.beside(path)))
                .orElse(writing);
        this.kept = kept;
    }

    /**
     * Opens connections.
     *
     * @param readers the most connections for reading
     * @param writers the most connections for writing
     */
    static Pools open(DatabaseUrl url, Credentials credentials, int readers, int writers) {
        KeptEvents kept = new KeptEvents();
        Reconnecting readable = new Reconnecting(url, credentials, kept);
        HikariDataSource reading =
                pool("keywright-read", readable, readers, url.dialect().forReading(), true);
        try {
            Reconnecting writable = new Reconnecting(url, credentials, kept);
            HikariDataSource writing =
                    pool("keywright-write", writable, writers, url.dialect().forWriting(), false);
            Pools pools = new Pools(reading, writing, url.file(), kept);
            readable.whenTaken(pools::giveUpAll);
            writable.whenTaken(pools::giveUpAll);
            return pools;
        } catch (RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    private void giveUpAll() {
        reading.getHikariPoolMXBean().softEvictConnections();
        writing.getHikariPoolMXBean().softEvictConnections();
    }

    private static HikariDataSource pool(
            String name, DataSource connections, int size, String initially, boolean readOnly) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(connections);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        config.setValidationTimeout(1_000);
        config.setConnectionInitSql(initially);
        config.setReadOnly(readOnly);
        config.setExceptionOverride(new DeadConnections());
        return new HikariDataSource(config);
    }

    /**
     * The store on these connections.
     *
     * @param syncs whether a change is acknowledged only when the database's file has been synced
     * @param afterChange told after every commit that others may want to know of
     */
    JdbiKeyStore store(Optional<StandbyLookUps> standby, boolean syncs, Runnable afterChange) {
        SharedSync sync = syncs ? new SharedSync(this::sync, Duration.ofMillis(LONGEST_SYNC_MILLIS)) : null;
        return JdbiKeyStore.prepared(reading, forChanges, standby, sync, afterChange);
    }

    /** Connections that may change something; each statement commits by itself. */
    DataSource forWriting() {
        return writing;
    }

    /** Look-ups on the standby with this URL; nothing is opened before they are told of changes. */
    StandbyLookUps standby(String url, Credentials credentials) {
        return new StandbyLookUps(
                () -> StandbyConnections.connect(url, credentials), reading.getMaximumPoolSize(), reading);
    }

    /**
     * On the connection that writes, of which there is one: H2 writes all that is not written before it syncs, and a transaction
     * that is under way on another connection would be written by half.
     */
    private void sync(Runnable begins) throws SQLException {
        try (Connection connection = writing.getConnection();
                Statement statement = connection.createStatement()) {
            begins.run();
            statement.execute("CHECKPOINT SYNC");
            kept.note(connection);
        }
    }

    /** The newest event that was acknowledged, as far as changes are synced; 0 before the first. */
    long newestKept() {
        return kept.newest();
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }
}
