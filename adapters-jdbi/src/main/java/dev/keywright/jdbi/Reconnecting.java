package dev.keywright.jdbi;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New connections for a pool. Once it had one, it goes on trying four times a second while the server is away, until the
 * thread is interrupted: the pauses of the pool itself grow to five seconds, and for so long nobody would notice that the
 * server is back.
 *
 * <p>A first connection that fails is a failure at once, and so is one that the server refuses, such as for its password.
 */
final class Reconnecting extends PlainDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(Reconnecting.class);
    private static final String ALREADY_OPEN = "90020";
    private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private final String url;
    private final Properties first;
    private final Properties again;
    private final KeptEvents kept;
    private final boolean isFile;
    private volatile boolean hadOne;
    private volatile Runnable whenTaken = () -> {};

    /**
     * @param kept what the file of an H2 database must hold
     */
    Reconnecting(DatabaseUrl url, Credentials credentials, KeptEvents kept) {
        this.kept = kept;
        this.isFile = url.file().isPresent();
        this.url = url.jdbcUrl();
        this.first = credentials.toProperties();
        this.first.putAll(url.dialect().connectionProperties());
        this.again = new Properties();
        this.again.putAll(first);
        this.again.putAll(url.dialect().reconnectionProperties());
    }

    /**
     * What to do when this process itself has an H2 file open and H2 does not know. A database that ends after a failed write takes the
     * name of the next one, opened meanwhile, out of H2's list: that one serves whoever is connected, and nobody else is.
     */
    void whenTaken(Runnable closesAll) {
        whenTaken = closesAll;
    }

    @Override
    public Connection getConnection() throws SQLException {
        boolean told = false;
        while (true) {
            try {
                Connection connection = checked(DriverManager.getConnection(url, hadOne ? again : first));
                hadOne = true;
                if (told) {
                    LOG.info("The database can be reached again");
                }
                return connection;
            } catch (SQLException failure) {
                if (hadOne && isFile && SqlTrouble.state(failure).equals(ALREADY_OPEN)) {
                    whenTaken.run();
                }
                if (!hadOne || !isAway(failure)) {
                    throw failure;
                }
                if (!told) {
                    LOG.warn("The database cannot be reached (SQLState {}); trying on", SqlTrouble.state(failure));
                    told = true;
                }
                LockSupport.parkNanos(this, PAUSE_NANOS);
                if (Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
        }
    }

    private Connection checked(Connection opened) throws SQLException {
        if (isFile) {
            try {
                kept.require(opened);
            } catch (SQLException fallenBack) {
                opened.close();
                throw fallenBack;
            }
        }
        return opened;
    }

    /** It cannot be reached (class 08), or is starting or stopping (57P01 to 57P03). */
    private static boolean isAway(SQLException failure) {
        String state = SqlTrouble.state(failure);
        return state.startsWith("08") || state.startsWith("57P");
    }
}
