package dev.keywright.jdbi;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Which connections the pool throws away at once beside those of class 08: H2 tells by states of its own that the database
 * behind a connection was closed, for example when its disk was full. A new connection opens it again.
 */
final class DeadConnections implements SQLExceptionOverride {

    private static final Set<String> DEAD = Set.of("90098", "90121", "90067", "90007", "HY000");

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return isDead(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }

    /** Whether H2 says so: what was to be read may well be read on a new connection. */
    static boolean isDead(SQLException failure) {
        return DEAD.contains(SqlTrouble.state(failure));
    }
}
