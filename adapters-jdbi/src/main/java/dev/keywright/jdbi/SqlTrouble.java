package dev.keywright.jdbi;

import dev.keywright.application.spi.StoreFailure;
import dev.keywright.application.spi.WriteConflict;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Says in the store's words what a driver said: the one place where SQLStates have a meaning. */
final class SqlTrouble {

    /** A unique constraint: somebody else took an id, a reference, a revision or a token first. */
    private static final String DUPLICATE = "23505";

    /**
     * Serialization failure and deadlock (40001, on PostgreSQL 40P01), a row that stayed locked (HYT00 on H2, 55P03 on
     * PostgreSQL), a row that changed under a statement (90131 on H2).
     */
    private static final Set<String> CONFLICTS = Set.of(DUPLICATE, "40001", "40P01", "55P03", "HYT00", "90131");

    private SqlTrouble() {}

    /** A failure of the database or of what it returned, as the exception that may leave this module. */
    static RuntimeException translated(String what, RuntimeException failure) {
        Optional<SQLException> cause = sqlException(failure);
        if (cause.isEmpty()) {
            return new StoreFailure(what + ": a stored value is not what was written", failure);
        }
        return translated(what, cause.get());
    }

    static RuntimeException translated(String what, SQLException cause) {
        String state = state(cause);
        Throwable report = withoutValues(cause);
        if (state.equals(DUPLICATE)) {
            return new WriteConflict(what + ": an id, a reference, a revision or a token is taken", report);
        }
        return CONFLICTS.contains(state)
                ? new WriteConflict(what + ": another unit of work was in the way", report)
                : new StoreFailure(what + ": the database reports SQLState " + state, report);
    }

    /** The first exception of a driver in the chain of causes: libraries wrap it in their own. */
    static Optional<SQLException> sqlException(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    static String state(SQLException failure) {
        String state = failure.getSQLState();
        return state == null ? "unknown" : state;
    }

    /**
     * The driver's report. In the classes 22 (data) and 23 (constraints) its text quotes what is in the row, so there the
     * text is left out and what remains is its type, its codes and where it came from.
     */
    static Throwable withoutValues(SQLException failure) {
        String state = state(failure);
        if (!state.startsWith("22") && !state.startsWith("23")) {
            return failure;
        }
        SQLException report = new SQLException(
                failure.getClass().getName() + " with SQLState " + state, state, failure.getErrorCode());
        report.setStackTrace(failure.getStackTrace());
        return report;
    }
}
