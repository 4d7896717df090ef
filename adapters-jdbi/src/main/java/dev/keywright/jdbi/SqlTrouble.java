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

    /** Of these the database says that all was undone, and that the same may well succeed when it is run again. */
    private static final Set<String> UNDONE = Set.of("40001", "40P01");

    private SqlTrouble() {}

    /** Whether what failed was undone for no fault of its own, so that it may be run again at once. */
    static boolean isUndone(RuntimeException trouble) {
        boolean ours = trouble instanceof WriteConflict || trouble instanceof StoreFailure;
        return ours
                && sqlException(trouble)
                        .filter(sql -> UNDONE.contains(state(sql)))
                        .isPresent();
    }

    /** Whether a read that failed may succeed at once: also because H2 had closed the database under it, and opens it again. */
    static boolean isToBeReadAgain(RuntimeException trouble) {
        return isUndone(trouble)
                || trouble instanceof StoreFailure
                        && sqlException(trouble).filter(DeadConnections::isDead).isPresent();
    }

    /** What a read may throw: it rests on nothing that others could change, so all trouble is the store's own. */
    static StoreFailure failure(String what, Throwable trouble) {
        return sqlException(trouble)
                .map(cause -> new StoreFailure(
                        what + ": the database reports SQLState " + state(cause), withoutValues(cause)))
                .orElseGet(() -> new StoreFailure(what + ": a stored value is not what was written", trouble));
    }

    /** What a write may throw: a conflict if somebody else was in the way, else a failure. */
    static RuntimeException conflictOrFailure(String what, Throwable trouble) {
        Optional<SQLException> cause = sqlException(trouble).filter(sql -> CONFLICTS.contains(state(sql)));
        if (cause.isEmpty()) {
            return failure(what, trouble);
        }
        String met = state(cause.get()).equals(DUPLICATE)
                ? ": an id, a reference, a revision or a token is taken"
                : ": another unit of work was in the way";
        return new WriteConflict(what + met, withoutValues(cause.get()));
    }

    /** What a statement that also commits may throw: without a conflict nobody knows whether it got so far. */
    static RuntimeException conflictOrUnknown(String what, Throwable trouble) {
        RuntimeException known = conflictOrFailure(what, trouble);
        return known instanceof WriteConflict
                ? known
                : failure(what + " and committing; whether the change was kept is not known", trouble);
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
