package dev.keywright.jdbi;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.StoreFailure;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open database of H2 or PostgreSQL with Keywright's tables in it, its connections and its store. Thread-safe.
 *
 * <p>Promises: a change that was acknowledged survives a crash of this process and a loss of power (of H2 unless {@link
 * DatabaseSettings#withoutSync}; what exactly stands in {@code docs/adr}). An H2 file is open in one process at a time. A database that was in use and is
 * missing, empty, damaged or of a newer version is refused and never begun anew. Nothing waits for ever: a connection is
 * waited for at most two seconds, a statement ends after five.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int READERS = 8;

    private final DatabaseUrl url;
    private final Credentials credentials;
    private final Pools pools;
    private final Optional<Notifier> notifier;
    private final Optional<StandbyLookUps> standby;
    private final JdbiKeyStore store;
    private final List<ChangeFeed> feeds = new CopyOnWriteArrayList<>();
    private final @Nullable Connection keptOpen;
    private final Optional<InitialisedMarker> marker;

    private Database(
            DatabaseUrl url,
            Credentials credentials,
            Pools pools,
            Optional<StandbyLookUps> standby,
            boolean syncs,
            @Nullable Connection keptOpen,
            Optional<InitialisedMarker> marker) {
        this.url = url;
        this.credentials = credentials;
        this.pools = pools;
        this.standby = standby;
        this.notifier = keptOpen == null ? Optional.of(new Notifier(pools.forWriting())) : Optional.empty();
        this.store = pools.store(standby, syncs, () -> notifier.ifPresent(Notifier::wakeOthers));
        this.keptOpen = keptOpen;
        this.marker = marker;
    }

    /**
     * Opens the database, creates it if it is an H2 database that never was, and brings its tables to this version's schema.
     *
     * @throws DatabaseRefusedException with a message for the operator if the database cannot or must not be used
     */
    public static Database open(DatabaseSettings settings) {
        return open(
                settings, READERS, DatabaseUrl.parse(settings.url()).dialect().writers());
    }

    static Database open(DatabaseSettings settings, int readers, int writers) {
        return open(DatabaseUrl.parse(settings.url()), settings, readers, writers);
    }

    static Database open(DatabaseUrl url, DatabaseSettings settings, int readers, int writers) {
        Credentials credentials = Credentials.of(settings, url.dialect());
        Optional<InitialisedMarker> marker = url.file().map(InitialisedMarker::new);
        marker.ifPresent(InitialisedMarker::requireDatabase);
        Connection first = null;
        try {
            marker.ifPresent(InitialisedMarker::makeFile);
            first = connect(url, credentials);
            migrate(Migrations.of(url, credentials), marker);
            requireSafeSettings(first, url);
            note(first, marker);
            Pools pools = Pools.open(url, credentials, readers, writers);
            Optional<StandbyLookUps> standby =
                    settings.standbyUrl().map(standbyUrl -> pools.standby(standbyUrl, credentials));
            Database database =
                    new Database(url, credentials, pools, standby, settings.sync(), keptOpen(first, url), marker);
            LOG.info("Keys are kept in {}", settings.place());
            return database;
        } catch (SQLException | RuntimeException | Error failure) {
            closeQuietly(first);
            throw refusal(failure, url);
        }
    }

    private static Connection connect(DatabaseUrl url, Credentials credentials) throws SQLException {
        return connect(url, credentials, url.dialect().connectionProperties());
    }

    private static Connection connect(DatabaseUrl url, Credentials credentials, Map<String, String> more)
            throws SQLException {
        Properties properties = credentials.toProperties();
        properties.putAll(more);
        return DriverManager.getConnection(url.jdbcUrl(), properties);
    }

    private static void migrate(Migrations migrations, Optional<InitialisedMarker> marker) {
        if (marker.isPresent() && marker.get().isSet() && !migrations.hasSchema()) {
            throw marker.get().lost("holds none of Keywright's tables");
        }
        migrations.migrate();
    }

    /** Notes the newest event, once it is sure that no later one was there. */
    private static void note(Connection connection, Optional<InitialisedMarker> marker) throws SQLException {
        if (marker.isPresent()) {
            try (PreparedStatement statement = connection.prepareStatement(KeySql.NEWEST_EVENT);
                    ResultSet event = statement.executeQuery()) {
                event.next();
                marker.get().requireEvents(event.getLong(1));
                marker.get().set(event.getLong(1));
            }
        }
    }

    /** An H2 database lives as long as one connection to it does; PostgreSQL needs none. */
    private static @Nullable Connection keptOpen(Connection first, DatabaseUrl url) throws SQLException {
        if (url.dialect() == Dialect.H2) {
            return first;
        }
        first.close();
        return null;
    }

    static void requireSafeSettings(Connection connection, DatabaseUrl url) throws SQLException {
        if (url.file().isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet delay = statement.executeQuery(
                        "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'")) {
            if (!delay.next() || !delay.getString(1).equals("0")) {
                throw new DatabaseRefusedException(
                        "H2 did not take over WRITE_DELAY=0: a crash could lose changes that" + " were acknowledged.");
            }
        }
    }

    private static RuntimeException refusal(Throwable failure, DatabaseUrl url) {
        if (failure instanceof DatabaseRefusedException refused) {
            return refused;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof UncheckedIOException) {
            return new DatabaseRefusedException(
                    "The folder of the database cannot be written: " + failure.getMessage());
        }
        return SqlTrouble.sqlException(failure)
                .map(cause -> Refusals.of(cause, url))
                .orElseGet(() -> new DatabaseRefusedException("The database could not be opened", failure));
    }

    private static void closeQuietly(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.warn("Closing a connection failed: SQLState {}", e.getSQLState());
        }
    }

    /**
     * Whether there is such a database without it being begun: of H2 in a file, whether the file is there. Of all others it is
     * for their server, or this process, to know.
     */
    public static boolean exists(DatabaseSettings settings) {
        return DatabaseUrl.parse(settings.url()).file().map(Files::exists).orElse(true);
    }

    /** Whether other processes can change it at the same time. */
    public boolean isShared() {
        return keptOpen == null;
    }

    /** The keys in this database. */
    public KeyStore store() {
        return store;
    }

    /** Whether keys can be read now: looks for one, with the patience of every other look. */
    public boolean isReachable() {
        try {
            store.<Boolean>read(KeyReader::isEmpty);
            return true;
        } catch (StoreFailure away) {
            return false;
        }
    }

    /**
     * Tells what changes, whoever changes it, until the database is closed: on a thread of its own, which reads the events on
     * when another process says that there are new ones, and several times within the bound in any case. Should the database be
     * away, the listener hears nothing until it is back. With a standby, look-ups go there from now on; there is one listener
     * then.
     *
     * @param bound how late the listener may hear of a change, or that there was none; more often while things go well
     */
    public void watch(Duration bound, ChangeListener listener) {
        feeds.add(ChangeFeed.start(this::connectToFollow, bound, throughStandby(bound, listener)));
    }

    private Connection connectToFollow() throws SQLException {
        return connect(url, credentials, url.dialect().followingProperties());
    }

    /** Who is to be told of changes in place of this listener, so that look-ups on a standby never undo what it was told. */
    ChangeListener throughStandby(Duration bound, ChangeListener listener) {
        return standby.map(server -> server.before(bound, listener)).orElse(listener);
    }

    /** The look-ups on a standby, where there is one. */
    Optional<StandbyLookUps> standby() {
        return standby;
    }

    /** The number of the schema that the tables have. */
    public String schema() {
        return Migrations.of(url, credentials).schema();
    }

    /** All rows of all companies as they are now, for a copy. Other work goes on meanwhile. */
    public StoreSnapshot snapshot() {
        return patiently(StoreSnapshot::on);
    }

    /** Has the rows of a copy put in. Nobody else may write meanwhile. */
    public StoreFilling filling() {
        return patiently(StoreFilling::on);
    }

    /**
     * The sequence up to which no event will appear any more: those that are there now are all. Writers in other processes wait
     * while this is found, for as long as the one takes who has begun.
     */
    public long settledEvents() {
        return patiently(connection -> {
            try (connection;
                    PreparedStatement newest = connection.prepareStatement(KeySql.NEWEST_EVENT)) {
                connection.setAutoCommit(false);
                url.dialect().settleEvents(connection);
                try (ResultSet event = newest.executeQuery()) {
                    event.next();
                    return event.getLong(1);
                }
            }
        });
    }

    private interface Work<T> {
        T over(Connection connection) throws SQLException;
    }

    private <T> T patiently(Work<T> work) {
        Connection connection = null;
        try {
            connection = connect(url, credentials, url.dialect().patientConnectionProperties());
            url.dialect().liftLimits(connection);
            return work.over(connection);
        } catch (SQLException failure) {
            closeQuietly(connection);
            throw SqlTrouble.failure("working on a connection of its own", failure);
        }
    }

    /** On a connection of its own: the one that is kept open is dead since the disk was full, if it was. */
    private void noteQuietly() {
        if (marker.isEmpty()) {
            return;
        }
        try (Connection connection = connect(url, credentials)) {
            note(connection, marker);
            marker.get().raise(pools.newestKept());
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "The newest event could not be noted beside the database: {}",
                    e.getClass().getSimpleName());
        }
    }

    /** Closes all connections, and an H2 database with them. Units of work under way fail. */
    @Override
    public void close() {
        feeds.forEach(ChangeFeed::close);
        standby.ifPresent(StandbyLookUps::close);
        notifier.ifPresent(Notifier::close);
        Optional<Connection> untidied = pools.hasSpace() ? Optional.empty() : connectionToTheLast();
        pools.close();
        noteQuietly();
        untidied.ifPresent(Database::leaveAsItIs);
        closeQuietly(keptOpen);
    }

    private Optional<Connection> connectionToTheLast() {
        try {
            return Optional.of(connect(url, credentials));
        } catch (SQLException e) {
            LOG.warn("A file on a full disk could not be opened for its end: SQLState {}", SqlTrouble.state(e));
            return Optional.empty();
        }
    }

    /** H2 tidies up its file when it closes it, and would take the last space for that; then the next start would have none. */
    private static void leaveAsItIs(Connection connection) {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown immediately");
        } catch (SQLException e) {
            LOG.warn("Ending on a full disk failed: SQLState {}", SqlTrouble.state(e));
        }
    }
}
