package dev.keywright.jdbi;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Where a connection for a single statement comes from, and how it goes back. */
interface Lending {

    /** A connection for one caller, who gives it back. */
    Lent open() throws SQLException;

    /** A connection that is out on loan. */
    interface Lent {

        /** The connection, for statements that need no transaction. */
        Connection connection();

        /** Ends the loan; whatever the statement may have begun is over then. */
        void giveBack() throws SQLException;
    }

    /** A connection of a pool that was set up for this: each statement is over when it has ended. */
    record Own(Connection connection) implements Lent {

        @Override
        public void giveBack() throws SQLException {
            connection.close();
        }
    }

    /** A connection of the host's, who may begin a transaction with the first statement. */
    record Borrowed(Handle handle) implements Lent {

        @Override
        public Connection connection() {
            return handle.getConnection();
        }

        @Override
        public void giveBack() throws SQLException {
            try (handle) {
                if (!connection().getAutoCommit()) {
                    connection().rollback();
                }
            }
        }
    }
}
