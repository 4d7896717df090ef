package dev.keywright.jdbi;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.PGStatement;

/**
 * Has PostgreSQL plan a statement for the values that it has, each time. A plan made once for all values suits no company: it does
 * not know how many rows are wanted, nor whether the company has ten keys or all of them.
 */
final class PlannedForItsValues implements StatementCustomizer {

    @Override
    public void beforeExecution(PreparedStatement statement, StatementContext context) throws SQLException {
        if (Dialect.of(statement.getConnection()) == Dialect.POSTGRESQL) {
            neverNamed(statement);
        }
    }

    /** Only a statement that has a name at the server is planned once for all values. */
    private static void neverNamed(PreparedStatement statement) throws SQLException {
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
    }
}
