package dev.keywright.bootstrap;

import dev.keywright.application.KeyPolicy;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.Pepper;
import dev.keywright.domain.ReleasedVersions;
import dev.keywright.domain.SecretDigester;
import dev.keywright.http.HttpSettings;
import dev.keywright.http.OAuth2Settings;
import dev.keywright.jdbi.DatabaseRefusedException;
import dev.keywright.jdbi.DatabaseSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a deployment is configured, checked as a whole: every component can be used as it is. It prints without the secrets.
 *
 * @param host an IP address or {@code localhost}
 * @param port 0 for any free one
 * @param databaseUrl a JDBC URL, of which the parameters may be secret, or {@code memory:}
 * @param databaseUser its user
 * @param databasePassword the user's password
 * @param databaseStandbyUrl a hot standby of the database, of whose URL the parameters may be secret
 * @param h2Sync whether a change in an H2 file is synced before it is acknowledged
 * @param downgradeWindow how long a pin may go back after an upgrade
 * @param apiVersions the versions that a key may be pinned to
 * @param keyPrefix the first part of new keys
 * @param keyPeppers the current one first; none for plain digests
 * @param trustedProxies whose {@code X-Forwarded-For} counts
 * @param authFailuresPerMinute of one address; 0 for any number
 * @param cacheKeys how many keys are kept in memory for verification; 0 for none
 * @param revocationBound how late a change made by another process is seen at most
 * @param cutOffGrace how much longer than that keys in memory are granted while changes cannot be heard of
 * @param lastUsedInterval how often the last use of a key is noted; empty for never
 * @param oauth where JWTs come from; empty if none are accepted
 * @param publicUrl what links begin with; empty for relative ones
 * @param serverUrl the server that the keys commands talk to; empty for the store
 * @param apiKey what they present there
 */
record Settings(
        String host,
        int port,
        String databaseUrl,
        Optional<String> databaseUser,
        Optional<String> databasePassword,
        Optional<String> databaseStandbyUrl,
        boolean h2Sync,
        Duration downgradeWindow,
        ReleasedVersions apiVersions,
        KeyPrefix keyPrefix,
        List<Pepper> keyPeppers,
        List<IpRange> trustedProxies,
        int authFailuresPerMinute,
        int cacheKeys,
        Duration revocationBound,
        Duration cutOffGrace,
        Optional<Duration> lastUsedInterval,
        Optional<OAuth2Settings> oauth,
        Optional<URI> publicUrl,
        Optional<URI> serverUrl,
        Optional<String> apiKey) {

    /** The URL of the store that keeps nothing. */
    static final String MEMORY = "memory:";

    private static final Duration SHORTEST_BOUND = Duration.ofMillis(10);
    private static final Duration LONGEST_BOUND = Duration.ofHours(1);

    /**
     * Reads the settings; a flag counts before the environment.
     *
     * @param environment all of it; names that begin with {@code KEYWRIGHT_} must be settings
     * @param flags what was given on the command line
     * @throws SettingsException with all that is wrong
     */
    static Settings read(Map<String, String> environment, Map<Setting, String> flags) {
        SettingsReader reader = new SettingsReader(environment, flags);
        Optional<String> host = reader.read(Setting.HTTP_HOST, SettingText::host);
        Optional<Integer> port = reader.read(Setting.HTTP_PORT, SettingText.number(0, 65_535));
        boolean plaintext =
                reader.read(Setting.HTTP_PLAINTEXT, SettingText::bool).orElse(true);
        Optional<String> databaseUrl = reader.read(Setting.DB_URL, SettingText::databaseUrl);
        Optional<String> databaseUser = reader.read(Setting.DB_USER, text -> text);
        Optional<String> databasePassword = reader.read(Setting.DB_PASSWORD, text -> text);
        Optional<String> standbyUrl = reader.read(Setting.DB_STANDBY_URL, SettingText::standbyUrl);
        if (databaseUrl.isPresent() && standbyUrl.isPresent()) {
            requireStandbyOf(databaseUrl.get(), standbyUrl.get(), reader);
        }
        boolean h2Sync = reader.read(Setting.H2_SYNC, SettingText::bool).orElse(true);
        Optional<Duration> window =
                reader.read(Setting.DOWNGRADE_WINDOW, SettingText.duration(Duration.ZERO, KeyPolicy.LONGEST_WINDOW));
        Optional<List<ApiVersion>> versions = reader.read(Setting.API_VERSIONS, SettingText.listOf(ApiVersion::parse));
        Optional<KeyPrefix> prefix = reader.read(Setting.KEY_PREFIX, KeyPrefix::new);
        Optional<List<Pepper>> peppers = reader.read(Setting.KEY_PEPPER, SettingText.listOf(Pepper::new));
        Optional<List<IpRange>> proxies = reader.read(Setting.TRUSTED_PROXIES, SettingText.listOf(IpRange::parse));
        Optional<Integer> failures = reader.read(Setting.AUTH_FAILURES_PER_MINUTE, SettingText.number(0, 1_000_000));
        Optional<Integer> cacheKeys = reader.read(Setting.CACHE_KEYS, SettingText::cacheKeys);
        Optional<Duration> revocationBound =
                reader.read(Setting.REVOCATION_BOUND, SettingText.duration(SHORTEST_BOUND, LONGEST_BOUND));
        Optional<Duration> grace =
                reader.read(Setting.CUT_OFF_GRACE, SettingText.duration(Duration.ZERO, LONGEST_BOUND));
        Optional<Optional<Duration>> lastUsed = reader.read(Setting.LAST_USED_INTERVAL, SettingText::lastUsedInterval);
        Optional<OAuth2Settings> oauth = OAuthReader.read(reader);
        Optional<URI> publicUrl = reader.read(Setting.PUBLIC_URL, SettingText::url);
        Optional<URI> serverUrl = reader.read(Setting.SERVER_URL, SettingText::url);
        Optional<String> apiKey = reader.read(Setting.API_KEY, SettingText::credential);
        if (!plaintext) {
            refusePlaintext(reader, host, oauth, serverUrl);
        }
        reader.finish();
        return new Settings(
                host.orElseThrow(),
                port.orElseThrow(),
                databaseUrl.orElseThrow(),
                databaseUser,
                databasePassword,
                standbyUrl,
                h2Sync,
                window.orElseThrow(),
                ReleasedVersions.only(versions.orElse(List.of())),
                prefix.orElseThrow(),
                peppers.orElse(List.of()),
                proxies.orElse(List.of()),
                failures.orElseThrow(),
                cacheKeys.orElseThrow(),
                revocationBound.orElseThrow(),
                grace.orElseThrow(),
                lastUsed.orElseThrow(),
                oauth,
                publicUrl,
                serverUrl,
                apiKey);
    }

    private static void requireStandbyOf(String databaseUrl, String standbyUrl, SettingsReader reader) {
        if (databaseUrl.equals(MEMORY)) {
            reader.problem(Setting.DB_STANDBY_URL, "is only for a PostgreSQL database");
            return;
        }
        try {
            DatabaseSettings.of(databaseUrl).withStandby(standbyUrl);
        } catch (DatabaseRefusedException e) {
            reader.problem(Setting.DB_STANDBY_URL, String.valueOf(e.getMessage()));
        }
    }

    private static void refusePlaintext(
            SettingsReader reader, Optional<String> host, Optional<OAuth2Settings> oauth, Optional<URI> serverUrl) {
        if (host.isPresent() && !SettingText.isLoopback(host.get())) {
            reader.problem(
                    Setting.HTTP_HOST,
                    host.get()
                            + " is open to others, who would send their keys over plain HTTP; put a proxy that ends TLS"
                            + " in front and set " + Setting.HTTP_PLAINTEXT.variable() + "=true to allow it");
        }
        refusePlaintext(reader, Setting.SERVER_URL, serverUrl);
        refusePlaintext(reader, Setting.OAUTH_ISSUER, oauth.map(jwts -> URI.create(jwts.issuer())));
        refusePlaintext(reader, Setting.OAUTH_JWKS_URL, oauth.flatMap(OAuth2Settings::jwksUrl));
    }

    private static void refusePlaintext(SettingsReader reader, Setting setting, Optional<URI> url) {
        if (url.isPresent() && SettingText.isPlaintextBeyondThisMachine(url.get())) {
            reader.problem(
                    setting,
                    "must begin with https: beyond this machine, unless " + Setting.HTTP_PLAINTEXT.variable()
                            + "=true allows plain HTTP");
        }
    }

    /** What this deployment decides about its keys. */
    KeyPolicy policy() {
        return new KeyPolicy(keyPrefix, SecretDigester.peppered(keyPeppers), downgradeWindow, apiVersions);
    }

    /** How the HTTP API is offered. */
    HttpSettings http() {
        HttpSettings bare = HttpSettings.defaults()
                .withHost(host)
                .withPort(port)
                .withTrustedProxies(trustedProxies)
                .withAuthFailuresPerMinute(authFailuresPerMinute);
        HttpSettings linked = publicUrl.map(bare::withPublicUrl).orElse(bare);
        return oauth.map(linked::withOAuth2).orElse(linked);
    }

    /** Which database holds the keys, unless they are kept {@link #inMemory()}. */
    DatabaseSettings database() {
        return new DatabaseSettings(databaseUrl, databaseUser, databasePassword, databaseStandbyUrl, h2Sync);
    }

    /** Whether keys are gone when the process ends. */
    boolean inMemory() {
        return databaseUrl.equals(MEMORY);
    }

    @Override
    public String toString() {
        return "Settings[" + host + ":" + port + ", " + databaseUrl.split("[;?]", 2)[0] + "]";
    }
}
