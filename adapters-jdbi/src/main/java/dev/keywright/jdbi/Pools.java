package dev.keywright.jdbi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import java.util.Optional;

/**
 * The connections in use: some for reading and some for writing, so that writers who wait for one another never keep a
 * verification waiting.
 */
final class Pools implements AutoCloseable {

    /** How long a unit of work waits for a connection. */
    static final int PATIENCE_MILLIS = 2_000;

    private final HikariDataSource reading;
    private final HikariDataSource writing;

    private Pools(HikariDataSource reading, HikariDataSource writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /**
     * Opens connections.
     *
     * @param readers the most connections for reading
     * @param writers the most connections for writing
     */
    static Pools open(DatabaseUrl url, Credentials credentials, int readers, int writers) {
        HikariDataSource reading =
                pool("keywright-read", url, credentials, readers, url.dialect().forReading(), true);
        try {
            return new Pools(
                    reading,
                    pool(
                            "keywright-write",
                            url,
                            credentials,
                            writers,
                            url.dialect().forWriting(),
                            false));
        } catch (RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    private static HikariDataSource pool(
            String name, DatabaseUrl url, Credentials credentials, int size, String initially, boolean readOnly) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(new Reconnecting(url, credentials));
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
     * @param afterChange told after every commit that others may want to know of
     */
    JdbiKeyStore store(Optional<StandbyLookUps> standby, Runnable afterChange) {
        return JdbiKeyStore.prepared(reading, writing, standby, afterChange);
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

    @Override
    public void close() {
        reading.close();
        writing.close();
    }
}
