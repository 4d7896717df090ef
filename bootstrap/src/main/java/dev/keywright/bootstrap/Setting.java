package dev.keywright.bootstrap;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every name by which a deployment is configured: {@code KEYWRIGHT_HTTP_PORT} in the environment is {@code --http-port} on
 * the command line. The one list from which settings are read, help is printed and the README is checked.
 */
enum Setting {
    HTTP_HOST(Use.SERVE, "127.0.0.1", "address to listen on: an IP address or localhost"),
    HTTP_PORT(Use.SERVE, "8080", "port to listen on; 0 picks a free one and prints it"),
    HTTP_PLAINTEXT(
            Use.SERVE, "false", "true allows plain HTTP beyond this machine: for a proxy that ends TLS in front of it"),
    DB_URL(Use.STORE, "jdbc:h2:file:./data/keywright", "JDBC URL of H2 or PostgreSQL; memory: keeps nothing"),
    DB_USER(Use.STORE, "", "user of the database"),
    DB_PASSWORD(Use.STORE, "", "password of that user"),
    DB_STANDBY_URL(
            Use.SERVE,
            "",
            "JDBC URL of a hot standby of that PostgreSQL, where verifications read; same user and password"),
    H2_SYNC(
            Use.STORE,
            "true",
            "false acknowledges a change in an H2 file before it is synced: faster, but a loss of power may undo it"),
    DOWNGRADE_WINDOW(
            Use.STORE, "PT72H", "how long a pinned version may go back after an upgrade, as an ISO-8601 duration"),
    API_VERSIONS(Use.STORE, "", "released API versions, comma-separated dates; without it any date will do"),
    KEY_PREFIX(Use.STORE, "kw", "first part of new keys"),
    KEY_PEPPER(
            Use.STORE,
            "",
            "comma-separated peppers of 32 or more characters: the current one first, then retired ones"),
    TRUSTED_PROXIES(Use.SERVE, "", "comma-separated CIDR blocks whose X-Forwarded-For counts"),
    AUTH_FAILURES_PER_MINUTE(
            Use.SERVE, "60", "failed authentications of one address before it is told to wait; 0 switches this off"),
    CACHE_KEYS(
            Use.SERVE, "100000", "how many keys are kept in memory for verification; 0 asks the database every time"),
    REVOCATION_BOUND(
            Use.SERVE,
            "PT1S",
            "how late a change made by another process on the same PostgreSQL is seen at most, as an ISO-8601 duration"),
    CUT_OFF_GRACE(
            Use.SERVE,
            "PT0S",
            "how much longer than that keys in memory stay good, revoked ones too, while the database cannot be heard"),
    LAST_USED_INTERVAL(
            Use.SERVE, "PT1M", "how often the last use of a key is noted, as an ISO-8601 duration; off notes none"),
    OAUTH_ISSUER(Use.SERVE, "", "issuer of the JWTs to accept; without it none are"),
    OAUTH_AUDIENCE(Use.SERVE, "", "audience that a JWT must name"),
    OAUTH_JWKS_URL(Use.SERVE, "", "where the issuer's keys are; without it, where the issuer's metadata says"),
    OAUTH_COMPANY_CLAIM(Use.SERVE, "company_id", "claim that names the company"),
    OAUTH_USER_CLAIM(Use.SERVE, "sub", "claim that names the user"),
    OAUTH_SCOPE_CLAIM(Use.SERVE, "scope", "claim that lists the scopes"),
    PUBLIC_URL(Use.SERVE, "", "URL under which nextUrl, previousUrl and Location are absolute"),
    SERVER_URL(Use.CLIENT, "", "running server that the keys commands talk to, instead of the store"),
    API_KEY(Use.SECRET_OF_CLIENT, "", "key or token that the keys commands present to that server");

    /** Which commands a setting is a flag of. */
    enum Use {
        /** Of {@code serve}. */
        SERVE,
        /** Of every command that opens the store. */
        STORE,
        /** Of the commands that may talk to a server. */
        CLIENT,
        /** Of none: a command line can be read by others. */
        SECRET_OF_CLIENT
    }

    private static final String PREFIX = "KEYWRIGHT_";

    private final Use use;
    private final String defaultText;
    private final String meaning;

    Setting(Use use, String defaultText, String meaning) {
        this.use = use;
        this.defaultText = defaultText;
        this.meaning = meaning;
    }

    /** Whether the name is in the part of the environment that belongs to Keywright. */
    static boolean isOurs(String variable) {
        return variable.startsWith(PREFIX);
    }

    /** The setting with this name in the environment. */
    static Optional<Setting> ofVariable(String variable) {
        return Arrays.stream(values())
                .filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }

    /** The settings that are flags of commands with these uses. */
    static List<Setting> usedBy(Use... uses) {
        List<Use> wanted = List.of(uses);
        return Arrays.stream(values())
                .filter(setting -> wanted.contains(setting.use))
                .toList();
    }

    String variable() {
        return PREFIX + name();
    }

    String flag() {
        return this == SERVER_URL
                ? "--server"
                : "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The value where none is given. */
    Optional<String> defaultText() {
        return defaultText.isEmpty() ? Optional.empty() : Optional.of(defaultText);
    }

    String meaning() {
        return meaning;
    }
}
