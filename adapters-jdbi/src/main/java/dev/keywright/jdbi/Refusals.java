package dev.keywright.jdbi;

import java.sql.SQLException;

/** Says to the operator why a database did not open, and what to do. */
final class Refusals {

    private Refusals() {}

    static DatabaseRefusedException of(SQLException failure, DatabaseUrl url) {
        return new DatabaseRefusedException(message(SqlTrouble.state(failure), url), SqlTrouble.withoutValues(failure));
    }

    private static String message(String state, DatabaseUrl url) {
        String database = url.file().map(file -> "The database file " + file).orElse("The database");
        return switch (state) {
            case "90020" ->
                database + " is in use by another process. Stop that one first: a file serves one process"
                        + " at a time.";
            case "28000", "28P01" -> database + " does not accept this user or password.";
            case "3D000" -> database + " does not exist on the server. Create it first.";
            case "42501" -> database + " does not let this user create or change its tables.";
            default ->
                url.file().isPresent()
                        ? database
                                + " cannot be read: it is damaged, or it is no H2 database of this version (SQLState "
                                + state + "). Restore it from a backup."
                        : database + " cannot be reached or opened (SQLState " + state + ").";
        };
    }
}
