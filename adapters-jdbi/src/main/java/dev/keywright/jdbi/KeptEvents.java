package dev.keywright.jdbi;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The newest event of which anybody may have been told that it is kept, in an H2 file. When a write fails, as on a full disk, H2
 * closes the file and opens it again for the next connection, and sometimes takes up an older state of it, in which revoked
 * keys are good. Nobody is given a connection to such a state: no answer is better than a wrong one. Thread-safe.
 */
final class KeptEvents {

    private static final String FALLEN_BACK = "HY000";

    private final AtomicLong newest = new AtomicLong();

    /** Notes the newest event on a connection, before anybody is told that it is kept. */
    void note(Connection connection) throws SQLException {
        newest.accumulateAndGet(newestOf(connection), Math::max);
    }

    /**
     * Lets nobody go on with less than was kept.
     *
     * @throws SQLException if events are gone
     */
    void require(Connection opened) throws SQLException {
        long kept = newest.get();
        if (newestOf(opened) < kept) {
            throw new SQLException(
                    "the database file has fallen back behind event " + kept + ", which was acknowledged", FALLEN_BACK);
        }
    }

    /** The number of the newest event; 0 if there is none. */
    long newest() {
        return newest.get();
    }

    private static long newestOf(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KeySql.NEWEST_EVENT);
                ResultSet event = statement.executeQuery()) {
            event.next();
            return event.getLong(1);
        }
    }
}
