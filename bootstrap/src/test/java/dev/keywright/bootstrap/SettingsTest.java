package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.Pepper;
import dev.keywright.domain.ReleasedVersions;
import dev.keywright.http.OAuth2Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 10. */
class SettingsTest {

    private static final String PEPPER = "a-pepper-of-more-than-32-characters-1";
    private static final String RETIRED = "a-pepper-of-more-than-32-characters-2";

    private static Settings read(Map<String, String> environment) {
        return Settings.read(environment, Map.of());
    }

    private static List<String> problems(Map<String, String> environment) {
        return problems(environment, Map.of());
    }

    private static List<String> problems(Map<String, String> environment, Map<Setting, String> flags) {
        return catchThrowableOfType(SettingsException.class, () -> Settings.read(environment, flags))
                .problems();
    }

    @Test
    void everySettingHasTheDocumentedDefault() {
        Settings settings = read(Map.of());

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.databaseUrl()).isEqualTo("jdbc:h2:file:./data/keywright");
        assertThat(settings.databaseUser()).isEmpty();
        assertThat(settings.databasePassword()).isEmpty();
        assertThat(settings.databaseStandbyUrl()).isEmpty();
        assertThat(settings.database().sync()).isTrue();
        assertThat(settings.downgradeWindow()).isEqualTo(Duration.ofHours(72));
        assertThat(settings.apiVersions()).isSameAs(ReleasedVersions.any());
        assertThat(settings.keyPrefix()).isEqualTo(new KeyPrefix("kw"));
        assertThat(settings.keyPeppers()).isEmpty();
        assertThat(settings.trustedProxies()).isEmpty();
        assertThat(settings.authFailuresPerMinute()).isEqualTo(60);
        assertThat(settings.cacheKeys()).isEqualTo(100_000);
        assertThat(settings.revocationBound()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.cutOffGrace()).isZero();
        assertThat(settings.lastUsedInterval()).contains(Duration.ofMinutes(1));
        assertThat(settings.oauth()).isEmpty();
        assertThat(settings.publicUrl()).isEmpty();
        assertThat(settings.serverUrl()).isEmpty();
        assertThat(settings.apiKey()).isEmpty();
    }

    @Test
    void everySettingIsReadFromTheEnvironment() {
        Settings settings = read(Map.ofEntries(
                Map.entry("KEYWRIGHT_HTTP_HOST", "0.0.0.0"),
                Map.entry("KEYWRIGHT_HTTP_PORT", "0"),
                Map.entry("KEYWRIGHT_HTTP_PLAINTEXT", "true"),
                Map.entry("KEYWRIGHT_DB_URL", "jdbc:postgresql://db/keys"),
                Map.entry("KEYWRIGHT_DB_USER", "keys"),
                Map.entry("KEYWRIGHT_DB_PASSWORD", " s3cret "),
                Map.entry("KEYWRIGHT_DB_STANDBY_URL", "jdbc:postgresql://standby/keys"),
                Map.entry("KEYWRIGHT_H2_SYNC", "false"),
                Map.entry("KEYWRIGHT_DOWNGRADE_WINDOW", "PT1H30M"),
                Map.entry("KEYWRIGHT_API_VERSIONS", "2024-01-01, 2024-05-22"),
                Map.entry("KEYWRIGHT_KEY_PREFIX", "acme_live"),
                Map.entry("KEYWRIGHT_KEY_PEPPER", PEPPER + "," + RETIRED),
                Map.entry("KEYWRIGHT_TRUSTED_PROXIES", "10.0.0.0/8,fd00::/8"),
                Map.entry("KEYWRIGHT_AUTH_FAILURES_PER_MINUTE", "0"),
                Map.entry("KEYWRIGHT_CACHE_KEYS", "0"),
                Map.entry("KEYWRIGHT_REVOCATION_BOUND", "PT0.25S"),
                Map.entry("KEYWRIGHT_CUT_OFF_GRACE", "PT5M"),
                Map.entry("KEYWRIGHT_LAST_USED_INTERVAL", "off"),
                Map.entry("KEYWRIGHT_OAUTH_ISSUER", "https://login.example.com/"),
                Map.entry("KEYWRIGHT_OAUTH_AUDIENCE", "keys"),
                Map.entry("KEYWRIGHT_OAUTH_JWKS_URL", "https://login.example.com/jwks"),
                Map.entry("KEYWRIGHT_OAUTH_COMPANY_CLAIM", "org"),
                Map.entry("KEYWRIGHT_OAUTH_USER_CLAIM", "uid"),
                Map.entry("KEYWRIGHT_OAUTH_SCOPE_CLAIM", "scp"),
                Map.entry("KEYWRIGHT_PUBLIC_URL", "https://keys.example.com/v1"),
                Map.entry("KEYWRIGHT_SERVER_URL", "https://keys.example.com"),
                Map.entry("KEYWRIGHT_API_KEY", "kw_abc"),
                Map.entry("PATH", "/bin")));

        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isZero();
        assertThat(settings.databaseUrl()).isEqualTo("jdbc:postgresql://db/keys");
        assertThat(settings.databaseUser()).contains("keys");
        assertThat(settings.databasePassword()).contains(" s3cret ");
        assertThat(settings.databaseStandbyUrl()).contains("jdbc:postgresql://standby/keys");
        assertThat(settings.database().standbyUrl()).contains("jdbc:postgresql://standby/keys");
        assertThat(settings.database().sync()).isFalse();
        assertThat(settings.downgradeWindow()).isEqualTo(Duration.ofMinutes(90));
        assertThat(settings.apiVersions())
                .containsExactly(ApiVersion.parse("2024-01-01"), ApiVersion.parse("2024-05-22"));
        assertThat(settings.keyPrefix()).isEqualTo(new KeyPrefix("acme_live"));
        assertThat(settings.keyPeppers()).containsExactly(new Pepper(PEPPER), new Pepper(RETIRED));
        assertThat(settings.trustedProxies()).containsExactly(IpRange.parse("10.0.0.0/8"), IpRange.parse("fd00::/8"));
        assertThat(settings.authFailuresPerMinute()).isZero();
        assertThat(settings.cacheKeys()).isZero();
        assertThat(settings.revocationBound()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.cutOffGrace()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.lastUsedInterval()).isEmpty();
        assertThat(settings.oauth())
                .contains(new OAuth2Settings(
                        "https://login.example.com/",
                        "keys",
                        Optional.of(URI.create("https://login.example.com/jwks")),
                        "org",
                        "uid",
                        "scp"));
        assertThat(settings.publicUrl()).contains(URI.create("https://keys.example.com/v1"));
        assertThat(settings.serverUrl()).contains(URI.create("https://keys.example.com"));
        assertThat(settings.apiKey()).contains("kw_abc");
    }

    @Test
    void aFlagCountsBeforeTheEnvironment() {
        Settings settings = Settings.read(Map.of("KEYWRIGHT_HTTP_PORT", "nonsense"), Map.of(Setting.HTTP_PORT, "9090"));

        assertThat(settings.port()).isEqualTo(9090);
    }

    @Test
    void claimsHaveTheirDefaultsWhereAnIssuerIsGiven() {
        Settings settings =
                read(Map.of("KEYWRIGHT_OAUTH_ISSUER", "https://login.example.com", "KEYWRIGHT_OAUTH_AUDIENCE", "keys"));

        assertThat(settings.oauth()).contains(OAuth2Settings.of("https://login.example.com", "keys"));
    }

    @Test
    void allThatIsWrongIsToldAtOnceUnderTheNameItWasGivenBy() {
        List<String> problems = problems(
                Map.of(
                        "KEYWRIGHT_DB_URL", "jdbc:mysql://db/keys",
                        "KEYWRIGHT_DOWNGRADE_WINDOW", "72h",
                        "KEYWRIGHT_KEY_PREFIX", "",
                        "KEYWRIGHT_TRUSTED_PROXIES", "10.0.0.1/8,proxy",
                        "KEYWRIGHT_OAUTH_AUDIENCE", "keys",
                        "KEYWRIGHT_HTTP_PROT", "1"),
                Map.of(Setting.HTTP_PORT, "http", Setting.KEY_PEPPER, "short"));

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "KEYWRIGHT_HTTP_PROT: is no setting; did you mean KEYWRIGHT_HTTP_PORT?",
                        "--http-port: must be a number from 0 to 65535",
                        "KEYWRIGHT_DB_URL: must begin with jdbc:h2: or jdbc:postgresql:, or be memory:",
                        "KEYWRIGHT_DOWNGRADE_WINDOW: must be an ISO-8601 duration, for example PT72H",
                        "KEYWRIGHT_KEY_PREFIX: is empty; leave it out where it is not wanted",
                        "--key-pepper: A pepper has at least 32 characters",
                        "KEYWRIGHT_TRUSTED_PROXIES: \"10.0.0.1/8\" has host bits set; did you mean 10.0.0.0/8?;"
                                + " \"proxy\" is no IP address or CIDR block",
                        "KEYWRIGHT_OAUTH_ISSUER: is needed where any other of the OAUTH settings is given");
    }

    @ParameterizedTest
    @CsvSource({
        "KEYWRIGHT_HTTPPORT, KEYWRIGHT_HTTP_PORT",
        "KEYWRIGHT_DATABASE_URL, KEYWRIGHT_DB_URL",
        "KEYWRIGHT_PEPPER, KEYWRIGHT_KEY_PEPPER",
        "KEYWRIGHT_OAUTH_JWKS, KEYWRIGHT_OAUTH_JWKS_URL",
        "KEYWRIGHT_http_port, KEYWRIGHT_HTTP_PORT"
    })
    void anUnknownNameIsAnErrorThatSuggestsTheNearest(String unknown, String nearest) {
        assertThat(problems(Map.of(unknown, "x")))
                .containsExactly(unknown + ": is no setting; did you mean " + nearest + "?");
    }

    @Test
    void theParametersOfADatabaseUrlAreTakenAsTheyAreAndNeverPrinted() {
        String url = "jdbc:postgresql://db/keys?user=u&password=p4ssword&sslmode=require";

        Settings settings = read(Map.of("KEYWRIGHT_DB_URL", url));

        assertThat(settings.databaseUrl()).isEqualTo(url);
        assertThat(settings.toString()).contains("jdbc:postgresql://db/keys").doesNotContain("p4ssword");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEYWRIGHT_SERVICE_HOST",
                "KEYWRIGHT_PORT",
                "KEYWRIGHT_PORT_8080_TCP",
                "KEYWRIGHT_SERVICE_PORT_HTTP"
            })
    void aServiceLinkOfKubernetesIsRecognised(String name) {
        assertThat(problems(Map.of(name, "tcp://10.0.0.1:8080")))
                .singleElement()
                .asString()
                .contains(name)
                .contains("enableServiceLinks: false");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP_PORT|65536",
                "HTTP_PORT|-1",
                "HTTP_PORT|+80",
                "HTTP_PORT|٣٣",
                "HTTP_PORT|99999999999",
                "HTTP_HOST|example.com",
                "HTTP_HOST|127.1",
                "HTTP_PLAINTEXT|yes",
                "DB_URL|h2:mem:x",
                "DB_URL|jdbc:h2:file:./x;PASSWORD=p4ssword",
                "DB_URL|jdbc:postgresql://u:p4ssword@db/keys",
                "DB_STANDBY_URL|jdbc:h2:mem:x",
                "DB_STANDBY_URL|jdbc:postgresql://u:p4ssword@db/keys",
                "DOWNGRADE_WINDOW|-PT1H",
                "DOWNGRADE_WINDOW|P36501D",
                "DOWNGRADE_WINDOW|P99999999999999999999D",
                "API_VERSIONS|2023-02-30",
                "API_VERSIONS|2024-01-01,,2024-02-01",
                "KEY_PREFIX|Acme",
                "TRUSTED_PROXIES|10.0.0.0/33",
                "AUTH_FAILURES_PER_MINUTE|many",
                "H2_SYNC|yes",
                "CACHE_KEYS|1",
                "CACHE_KEYS|all",
                "CACHE_KEYS|50000001",
                "REVOCATION_BOUND|PT0S",
                "REVOCATION_BOUND|PT61M",
                "REVOCATION_BOUND|1s",
                "CUT_OFF_GRACE|PT-1S",
                "CUT_OFF_GRACE|PT61M",
                "LAST_USED_INTERVAL|-PT1S",
                "LAST_USED_INTERVAL|PT25H",
                "LAST_USED_INTERVAL|never",
                "PUBLIC_URL|/keys",
                "PUBLIC_URL|ftp://keys.example.com",
                "PUBLIC_URL|https://keys.example.com?x=y",
                "PUBLIC_URL|https://u@keys.example.com",
                "SERVER_URL|http://keys.example.com",
                "API_KEY|two words"
            })
    void aValueThatCannotBeIsRefusedAndNotRepeated(Setting setting, String value) {
        assertThat(problems(Map.of(setting.variable(), value)))
                .singleElement()
                .asString()
                .startsWith(setting.variable() + ": ")
                .doesNotContain("p4ssword")
                .doesNotContain("two words");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory:|jdbc:postgresql://standby/keys|is only for a PostgreSQL database",
                "jdbc:h2:mem:x|jdbc:postgresql://standby/keys|Only a PostgreSQL database has a standby.",
                "jdbc:postgresql://db/keys|jdbc:postgresql://one,two/keys|The URL of a standby names one server, not several.",
                "jdbc:postgresql://db/keys|jdbc:postgresql://db/keys?x=y|The standby has the URL of the database itself."
            })
    void whatCannotBeAStandbyOfTheDatabaseIsRefused(String database, String standby, String why) {
        assertThat(problems(Map.of("KEYWRIGHT_DB_URL", database, "KEYWRIGHT_DB_STANDBY_URL", standby)))
                .containsExactly("KEYWRIGHT_DB_STANDBY_URL: " + why);
    }

    /** */
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.10", "2001:db8::1"})
    void plainHttpBeyondThisMachineIsRefusedUnlessAllowed(String host) {
        assertThat(problems(Map.of("KEYWRIGHT_HTTP_HOST", host)))
                .singleElement()
                .asString()
                .startsWith("KEYWRIGHT_HTTP_HOST: ")
                .contains("KEYWRIGHT_HTTP_PLAINTEXT=true");
        assertThat(read(Map.of("KEYWRIGHT_HTTP_HOST", host, "KEYWRIGHT_HTTP_PLAINTEXT", "true"))
                        .host())
                .isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
    void thisMachineMayBeServedInPlainHttp(String host) {
        assertThat(read(Map.of("KEYWRIGHT_HTTP_HOST", host)).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({"OAUTH_ISSUER, http://login.example.com", "OAUTH_JWKS_URL, http://login.example.com/jwks"})
    void signingKeysAreNotFetchedInPlainHttpBeyondThisMachine(Setting setting, String url) {
        Map<Setting, String> good = new java.util.EnumMap<>(Map.of(
                Setting.OAUTH_ISSUER, "https://login.example.com",
                Setting.OAUTH_AUDIENCE, "keys"));
        good.put(setting, url);

        assertThat(problems(Map.of(), good)).singleElement().asString().startsWith(setting.flag() + ": ");
    }

    @Test
    void settingsPrintWithoutTheirSecrets() {
        Settings settings = read(Map.of(
                "KEYWRIGHT_DB_PASSWORD", "s3cret",
                "KEYWRIGHT_KEY_PEPPER", PEPPER,
                "KEYWRIGHT_API_KEY", "kw_abc"));

        assertThat(settings.toString())
                .doesNotContain("s3cret")
                .doesNotContain(PEPPER)
                .doesNotContain("kw_abc");
    }

    @Test
    void noSecretIsEverRepeatedInAProblem() {
        assertThat(problems(Map.of(
                        "KEYWRIGHT_KEY_PEPPER", "sh0rt",
                        "KEYWRIGHT_API_KEY", "k\ne\ty",
                        "KEYWRIGHT_HTTP_PORT", "0x50")))
                .hasSize(3)
                .noneMatch(
                        problem -> problem.contains("sh0rt") || problem.contains("k\ne") || problem.contains("0x50"));
    }

    @Test
    void everySettingIsAFlagOfTheSameNameUnlessItIsAClientsSecret() {
        assertThat(Setting.HTTP_PORT.flag()).isEqualTo("--http-port");
        assertThat(Setting.OAUTH_JWKS_URL.flag()).isEqualTo("--oauth-jwks-url");
        assertThat(KeywrightCommand.over(Map.of())
                        .getSubcommands()
                        .get("serve")
                        .getCommandSpec()
                        .optionsMap()
                        .keySet())
                .containsAll(Setting.usedBy(Setting.Use.SERVE, Setting.Use.STORE).stream()
                        .map(Setting::flag)
                        .toList())
                .doesNotContain("--api-key", "--server");
    }
}
