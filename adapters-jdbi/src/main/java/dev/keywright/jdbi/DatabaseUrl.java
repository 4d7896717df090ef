package dev.keywright.jdbi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a JDBC URL asks for, checked.
 *
 * <p>Of H2's many settings, those that bear on safety are set here and nowhere else, and only a few harmless ones may be
 * given: among the others are some that run a script, open a network port, fold the case of names or lose commits.
 *
 * @param dialect whose URL it is
 * @param jdbcUrl with all settings
 * @param file the H2 database's file; empty for a database in memory or on a server
 */
record DatabaseUrl(Dialect dialect, String jdbcUrl, Optional<Path> file) {

    /**
     * Commits are written before they are acknowledged; the database is closed by {@link Database#close()} and not by a
     * shutdown hook of its own, beside requests in flight; waiting for a row ends after half a second, since the unit of
     * work is tried again; a statement ends after 5 s, except where a connection lifts that limit, which H2 forbids for
     * its MAX_QUERY_TIMEOUT; no trace file, where values could stand.
     */
    private static final String H2_SETTINGS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=500"
            + ";QUERY_TIMEOUT=5000;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";

    private static final Set<String> H2_ALLOWED = Set.of("CACHE_SIZE", "MAX_COMPACT_TIME");

    /** Of the heap; H2 counts about twice what it takes. Its own 16 MB do not even hold the lists of 10^5 keys. */
    private static final int CACHE_PART = 8;

    private static final long LEAST_CACHE_KILOBYTES = 16 * 1024;
    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    static DatabaseUrl parse(String url) {
        if (url.startsWith(POSTGRESQL)) {
            return new DatabaseUrl(Dialect.POSTGRESQL, url, Optional.empty());
        }
        if (!url.startsWith(H2)) {
            throw new DatabaseRefusedException("The database URL must begin with jdbc:h2:file:, jdbc:h2:mem: or"
                    + " jdbc:postgresql:. Other databases are not supported.");
        }
        List<String> parts = List.of(url.split(";"));
        String place = parts.get(0).substring(H2.length());
        String settings = allowed(parts.subList(1, parts.size()));
        return place.startsWith("mem:") ? inMemory(place, settings) : inFile(place, settings);
    }

    private static String allowed(List<String> given) {
        List<String> kept = new ArrayList<>();
        for (String setting : given) {
            String name = setting.split("=", 2)[0].strip().toUpperCase(Locale.ROOT);
            if (H2_ALLOWED.contains(name)) {
                kept.add(";" + setting.strip());
            } else if (name.equals("WRITE_DELAY")) {
                requireNoDelay(setting);
            } else if (!setting.isBlank()) {
                throw new DatabaseRefusedException("The H2 setting " + name + " is not allowed in the database URL."
                        + " Leave it out; only CACHE_SIZE and MAX_COMPACT_TIME may be given. User and password have"
                        + " settings of their own.");
            }
        }
        return String.join("", kept);
    }

    private static void requireNoDelay(String setting) {
        if (!setting.replace(" ", "").equalsIgnoreCase("WRITE_DELAY=0")) {
            throw new DatabaseRefusedException("The database URL sets WRITE_DELAY to another value than 0. With it, a"
                    + " crash loses changes that were acknowledged. Leave it out: 0 is always set.");
        }
    }

    private static DatabaseUrl inMemory(String place, String settings) {
        if (place.equals("mem:")) {
            throw new DatabaseRefusedException(
                    "An H2 database in memory needs a name: jdbc:h2:mem:keywright. Without one"
                            + " every connection would have a database of its own.");
        }
        return new DatabaseUrl(Dialect.H2, H2 + place + H2_SETTINGS + settings, Optional.empty());
    }

    private static DatabaseUrl inFile(String place, String settings) {
        String path = place.startsWith("file:") ? place.substring("file:".length()) : place;
        boolean explicit =
                path.startsWith("./") || path.startsWith("/") || path.startsWith("~/") || path.startsWith("../");
        if (!explicit) {
            throw new DatabaseRefusedException("The path of an H2 file begins with /, ./, ../ or ~/, as in"
                    + " jdbc:h2:file:./data/keywright. H2 servers and other kinds of H2 databases are not supported.");
        }
        String expanded = path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
        Path file = Path.of(expanded + ".mv.db").toAbsolutePath().normalize();
        FoundChunks.register();
        UninterruptedFile.register();
        String cache = settings.toUpperCase(Locale.ROOT).contains(";CACHE_SIZE") ? "" : cache();
        String jdbcUrl = H2 + FoundChunks.PREFIX + UninterruptedFile.PREFIX + path + H2_SETTINGS + cache + settings;
        return new DatabaseUrl(Dialect.H2, jdbcUrl, Optional.of(file));
    }

    private static String cache() {
        long kilobytes = Runtime.getRuntime().maxMemory() / CACHE_PART / 1024;
        return ";CACHE_SIZE=" + Math.min(Integer.MAX_VALUE, Math.max(LEAST_CACHE_KILOBYTES, kilobytes));
    }

    /** Refuses what cannot be a standby of this database. */
    void requireStandby(String standbyUrl) {
        if (dialect != Dialect.POSTGRESQL) {
            throw new DatabaseRefusedException("Only a PostgreSQL database has a standby.");
        }
        if (!standbyUrl.startsWith(POSTGRESQL)) {
            throw new DatabaseRefusedException("The URL of a standby begins with jdbc:postgresql:.");
        }
        String place = standbyUrl.split("\\?", 2)[0];
        if (place.contains(",")) {
            throw new DatabaseRefusedException("The URL of a standby names one server, not several.");
        }
        if (place.equals(jdbcUrl.split("\\?", 2)[0])) {
            throw new DatabaseRefusedException("The standby has the URL of the database itself.");
        }
    }

    /** The same H2 file by way of one of H2's file systems, for those that tests add. */
    DatabaseUrl throughFileSystem(String prefix) {
        return new DatabaseUrl(
                dialect, jdbcUrl.replace(UninterruptedFile.PREFIX, prefix + UninterruptedFile.PREFIX), file);
    }
}
