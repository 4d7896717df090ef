package dev.keywright.jdbi;

import java.util.Optional;

/**
 * Which database to use. Printed without the URL's parameters and without the password: either may be secret.
 *
 * @param url a JDBC URL of H2 ({@code jdbc:h2:file:…}, {@code jdbc:h2:mem:name}) or PostgreSQL
 *     ({@code jdbc:postgresql:…})
 * @param user the database's user; of H2, {@code sa} where none is given
 * @param password the user's password; of H2, the empty one where none is given
 * @param standbyUrl a JDBC URL of the same database on a hot standby of that PostgreSQL, where verifications may read; the user
 *     and the password are the same there
 * @param sync whether a change in an H2 file is on the disk before it is acknowledged, so that it survives a loss of power;
 *     of no effect elsewhere
 */
public record DatabaseSettings(
        String url, Optional<String> user, Optional<String> password, Optional<String> standbyUrl, boolean sync) {

    /**
     * @throws DatabaseRefusedException if no database of a supported kind has this URL, it has a setting that is not safe, or
     *     no standby of it can have that other URL
     */
    public DatabaseSettings {
        DatabaseUrl database = DatabaseUrl.parse(url);
        standbyUrl.ifPresent(database::requireStandby);
    }

    /** A database without a standby, whose changes survive a loss of power. */
    public DatabaseSettings(String url, Optional<String> user, Optional<String> password) {
        this(url, user, password, Optional.empty(), true);
    }

    /** A database that asks for no user, or whose URL names one. */
    public static DatabaseSettings of(String url) {
        return new DatabaseSettings(url, Optional.empty(), Optional.empty());
    }

    /**
     * The same database with this hot standby.
     *
     * <p>The URL leads to one server, directly: nothing in between that hands a connection to several of them. A standby that
     * is behind, or away, makes no verification wrong; it is then the primary that is asked.
     *
     * @throws DatabaseRefusedException if it is no URL of one PostgreSQL server, or the database is another one than PostgreSQL
     */
    public DatabaseSettings withStandby(String url) {
        return new DatabaseSettings(this.url, user, password, Optional.of(url), sync);
    }

    /**
     * The same without syncing an H2 file: faster, and a change that was acknowledged survives the end of the process in any
     * way, but may be missing after a loss of power.
     */
    public DatabaseSettings withoutSync() {
        return new DatabaseSettings(url, user, password, standbyUrl, false);
    }

    /** The URL without its parameters, to be shown. */
    public String place() {
        return url.split("[;?]", 2)[0];
    }

    @Override
    public String toString() {
        return "DatabaseSettings[" + place()
                + standbyUrl
                        .map(standby -> ", standby " + standby.split("[;?]", 2)[0])
                        .orElse("") + "]";
    }
}
