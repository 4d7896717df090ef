package dev.keywright.jdbi;

import java.util.Optional;

/**
 * Which database to use. Printed without the URL's parameters and without the password: either may be secret.
 *
 * @param url a JDBC URL of H2 ({@code jdbc:h2:file:…}, {@code jdbc:h2:mem:name}) or PostgreSQL
 *     ({@code jdbc:postgresql:…})
 * @param user the database's user; of H2, {@code sa} where none is given
 * @param password the user's password; of H2, the empty one where none is given
 * @param sync whether a change in an H2 file is on the disk before it is acknowledged, so that it survives a loss of power;
 *     of no effect elsewhere
 */
public record DatabaseSettings(String url, Optional<String> user, Optional<String> password, boolean sync) {

    /**
     * @throws DatabaseRefusedException if no database of a supported kind has this URL, or it has a setting that is not safe
     */
    public DatabaseSettings {
        DatabaseUrl.parse(url);
    }

    /** A database whose changes survive a loss of power. */
    public DatabaseSettings(String url, Optional<String> user, Optional<String> password) {
        this(url, user, password, true);
    }

    /** A database that asks for no user, or whose URL names one. */
    public static DatabaseSettings of(String url) {
        return new DatabaseSettings(url, Optional.empty(), Optional.empty());
    }

    /**
     * The same without syncing an H2 file: faster, and a change that was acknowledged survives the end of the process in any
     * way, but may be missing after a loss of power.
     */
    public DatabaseSettings withoutSync() {
        return new DatabaseSettings(url, user, password, false);
    }

    /** The URL without its parameters, to be shown. */
    public String place() {
        return url.split("[;?]", 2)[0];
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + place() + "]";
    }
}
