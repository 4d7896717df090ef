package dev.keywright.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The connections in use: some for reading and some for writing, so that writers who wait for one another never keep a
 * verification waiting.
 */
final class Pools implements AutoCloseable {

    /** How long a unit of work waits for a connection. */
    static final int PATIENCE_MILLIS = 2_000;

    /** How long a change waits for the commit and the sync that it shares: for those who write before, and for the disk. */
    private static final int LONGEST_COMMIT_MILLIS = 10_000;

    private final HikariDataSource reading;
    private final HikariDataSource writing;
    private final DataSource forChanges;
    private final boolean ofFile;
    private final KeptEvents kept;

    private Pools(HikariDataSource reading, HikariDataSource writing, Optional<Path> file, KeptEvents kept) {
        this.reading = reading;
        this.writing = writing;
        this.forChanges = file.<DataSource>map(path -> new WhileThereIsSpace(writing, Reserve.beside(path)))
                .orElse(writing);
        this.ofFile = file.isPresent();
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
     * @param syncs whether a change in an H2 file is acknowledged only when it has been synced
     * @param afterChange told after every commit that others may want to know of
     */
    JdbiKeyStore store(Optional<StandbyLookUps> standby, boolean syncs, Runnable afterChange) {
        return JdbiKeyStore.prepared(reading, forChanges, standby, ofFile ? sharing(syncs) : null, afterChange);
    }

    private SharedCommits sharing(boolean syncs) {
        return new SharedCommits(
                Jdbi.create(forChanges),
                syncs ? Optional.of(kept) : Optional.empty(),
                Duration.ofMillis(PATIENCE_MILLIS),
                Duration.ofMillis(LONGEST_COMMIT_MILLIS));
    }

    /** Connections that may change something; each statement commits by itself. */
    DataSource forWriting() {
        return writing;
    }

    /** Whether there is space for changes, as far as anybody looks after it. */
    boolean hasSpace() {
        return !(forChanges instanceof WhileThereIsSpace guarded) || guarded.isThereSpace();
    }

    /** Look-ups on the standby with this URL; nothing is opened before they are told of changes. */
    StandbyLookUps standby(String url, Credentials credentials) {
        return new StandbyLookUps(
                () -> StandbyConnections.connect(url, credentials), reading.getMaximumPoolSize(), reading);
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
