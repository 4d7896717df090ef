package dev.keywright.jdbi;

import java.util.Optional;

/**
 * Which database to use. Printed without the URL's parameters and without the password: either may be secret.
 *
 * @param url a JDBC URL of H2 ({@code jdbc:h2:file:…}, {@code jdbc:h2:mem:name}) or PostgreSQL
 *     ({@code jdbc:postgresql:…})
 * @param user the database's user; of H2, {@code sa} where none is given
 * @param password the user's password; of H2, the empty one where none is given
 */
public record DatabaseSettings(String url, Optional<String> user, Optional<String> password) {

    /**
     * @throws DatabaseRefusedException if no database of a supported kind has this URL, or it has a setting that is not safe
     */
    public DatabaseSettings {
        DatabaseUrl.parse(url);
    }

    /** A database that asks for no user, or whose URL names one. */
    public static DatabaseSettings of(String url) {
        return new DatabaseSettings(url, Optional.empty(), Optional.empty());
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
