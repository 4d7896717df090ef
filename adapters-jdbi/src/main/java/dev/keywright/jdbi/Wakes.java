package dev.keywright.jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How somebody who reads on is woken when there may be something new; it need not be, and may be for nothing. */
interface Wakes {

    /** Waits that long at most. */
    void await(Duration longest) throws SQLException, InterruptedException;

    /** Of this connection, until it is closed. */
    static Wakes of(Connection connection, CountDownLatch closed) throws SQLException {
        return Dialect.of(connection) == Dialect.POSTGRESQL
                ? Notified.on(connection, closed)
                : longest -> closed.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Woken by PostgreSQL's notifications, where the server has them. */
    final class Notified implements Wakes {

        private static final Logger LOG = LoggerFactory.getLogger(Notified.class);

        private final PGConnection connection;

        private Notified(PGConnection connection) {
            this.connection = connection;
        }

        private static Wakes on(Connection connection, CountDownLatch closed) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen keywright_change");
                return new Notified(connection.unwrap(PGConnection.class));
            } catch (SQLException refused) {
                if (!connection.isValid(1)) {
                    throw refused;
                }
                LOG.info(
                        "The database sends no notifications (SQLState {}): it is asked for changes",
                        refused.getSQLState());
                return longest -> closed.await(longest.toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public void await(Duration longest) throws SQLException {
            connection.getNotifications(Math.max(1, (int) longest.toMillis()));
        }
    }
}
