package dev.keywright.jdbi;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What differs between the databases. Most statements do not: they run unchanged on both. */
enum Dialect {
    /** Has a level for snapshots of its own, numbered 6; its REPEATABLE READ does not promise to keep out phantoms. */
    H2(
            1,
            6,
            "set session characteristics as transaction isolation level snapshot",
            "set session characteristics as transaction isolation level read committed"),

    /**
     * One writer at a time: where several commit at once, H2 acknowledges commits that it has not written, and a killed
     * process leaves parts of others behind. A statement ends after 5 s; waiting for a row ends after half a second, since the unit of work is tried again. A commit
     * is on the disk before it is acknowledged, also where the server or the role is set up otherwise; who has set up more,
     * such as waiting for a standby, keeps it. Writers find all rows by indexes, also by a plan that was made when there were few rows. Readers do not sort: a plan made once for all companies takes each for a small
     * one, and would read the whole of a large one and sort it for a page that the index has in its order.
     */
    POSTGRESQL(16, Connection.TRANSACTION_REPEATABLE_READ, """
            set session characteristics as transaction isolation level repeatable read;
            set statement_timeout = 5000; set lock_timeout = 500; set idle_in_transaction_session_timeout = 30000;
            select set_config('enable_sort', 'off', false) where current_setting('enable_sort', true) is not null
            """, """
            set session characteristics as transaction isolation level read committed;
            set statement_timeout = 5000; set lock_timeout = 500; set idle_in_transaction_session_timeout = 10000;
            select set_config('synchronous_commit', 'on', false)
            where current_setting('synchronous_commit', true) = 'off';
            select set_config('enable_seqscan', 'off', false) where current_setting('enable_seqscan', true) is not null
            """);

    private final int writers;
    private final int snapshotIsolation;
    private final String forReading;
    private final String forWriting;

    Dialect(int writers, int snapshotIsolation, String forReading, String forWriting) {
        this.writers = writers;
        this.snapshotIsolation = snapshotIsolation;
        this.forReading = forReading;
        this.forWriting = forWriting;
    }

    /** How many connections may write at the same time. */
    int writers() {
        return writers;
    }

    /** In how many parts the keys of a company are counted: as many writers may count at the same time. */
    int slots() {
        return this == H2 ? 1 : 16;
    }

    /** Whether several statements go to the server at once, and a row can be begun or added to in one statement. */
    boolean pipelines() {
        return this == POSTGRESQL;
    }

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "H2" -> H2;
            case "PostgreSQL" -> POSTGRESQL;
            default ->
                throw new DatabaseRefusedException("Keywright keeps keys in H2 or PostgreSQL, not in " + product);
        };
    }

    /** The isolation level at which all statements of a transaction see one snapshot of all tables. */
    int snapshotIsolation() {
        return snapshotIsolation;
    }

    /**
     * How drivers connect: a server that is away or silent is given up, a second after it should have ended a statement by
     * itself, and its reports do not quote rows. What the URL says goes first.
     */
    Map<String, String> connectionProperties() {
        return switch (this) {
            case H2 -> Map.of();
            case POSTGRESQL ->
                Map.of(
                        "connectTimeout", "2",
                        "socketTimeout", "6",
                        "tcpKeepAlive", "true",
                        "logServerErrorDetail", "false",
                        "ApplicationName", "keywright");
        };
    }

    /** The same for a connection that follows the changes: whether it is alive matters sooner there. */
    Map<String, String> followingProperties() {
        return switch (this) {
            case H2 -> Map.of();
            case POSTGRESQL -> {
                Map<String, String> properties = new HashMap<>(connectionProperties());
                properties.putAll(
                        Map.of("socketTimeout", "2", "connectTimeout", "1", "ApplicationName", "keywright-feed"));
                yield properties;
            }
        };
    }

    /** How drivers connect again: an attempt that began while the network was silent must not outlast the silence for long. */
    Map<String, String> reconnectionProperties() {
        return this == H2 ? Map.of() : Map.of("loginTimeout", "3");
    }

    /** Has the next event get a sequence after all events that are there, and after this one. */
    void continueEvents(Connection connection, long after) throws SQLException {
        try (PreparedStatement statement = switch (this) {
            case H2 -> connection.prepareStatement(KeySql.CONTINUE_EVENTS_BY_RESTART);
            case POSTGRESQL -> connection.prepareStatement(KeySql.CONTINUE_EVENTS_BY_SETVAL);
        }) {
            statement.setLong(1, after);
            statement.execute();
        }
    }

    /**
     * Waits, inside a transaction, until all events that have a sequence are committed, or nowhere: who takes a sequence first may
     * commit last. New ones wait until the transaction ends. On H2 nobody else writes beside this process, and one at a time in it.
     */
    void settleEvents(Connection connection) throws SQLException {
        if (this == POSTGRESQL) {
            try (PreparedStatement statement = connection.prepareStatement(KeySql.SETTLE_EVENTS)) {
                statement.execute();
            }
        }
    }

    /** Has all that is committed on the disk. PostgreSQL does that at each commit. */
    void sync(Connection connection) throws SQLException {
        if (this == H2) {
            try (PreparedStatement statement = connection.prepareStatement("checkpoint sync")) {
                statement.execute();
            }
        }
    }

    /** Lifts, on one connection, the limits of time that the URL, the server, the database or the role set for statements. */
    void liftLimits(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            switch (this) {
                case H2 -> statement.execute("set query_timeout 0");
                case POSTGRESQL -> statement.execute("set statement_timeout = 0; set lock_timeout = 0");
            }
        }
    }

    /** Connects for work that takes its time: a silent server is given up after minutes, not seconds. */
    Map<String, String> patientConnectionProperties() {
        Map<String, String> properties = new HashMap<>(connectionProperties());
        properties.replace("socketTimeout", "600");
        return properties;
    }

    /** Makes a new connection one for reading: snapshots, and nothing waits for ever. */
    String forReading() {
        return forReading;
    }

    /** Makes a new connection one for writing: each statement sees what is committed, and nothing waits for ever. */
    String forWriting() {
        return forWriting;
    }
}
