package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 10: each setting does to a running service what it says. */
final class SettingsInForceTest {

    private static Service started(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KEYWRIGHT_HTTP_PORT", "0");
        environment.put("KEYWRIGHT_DB_URL", "memory:");
        for (int at = 0; at < namesAndValues.length; at += 2) {
            environment.put("KEYWRIGHT_" + namesAndValues[at], namesAndValues[at + 1]);
        }
        return Service.start(Settings.read(environment, Map.of()));
    }

    private static Api admin(Service service) {
        return admin(service, "127.0.0.1");
    }

    private static Api admin(Service service, String host) {
        return new Api(
                "http://" + host + ":" + service.port(),
                service.firstKey().orElseThrow().reveal());
    }

    private static String newKey(Api api) throws Exception {
        return "/keys/"
                + api.ask(201, "POST", "/keys", "{\"userId\":\"alice\"}")
                        .path("id")
                        .asText();
    }

    private static JsonNode pinned(Api api, String path, String version, int status) throws Exception {
        return api.ask(status, "PUT", path, "{\"apiVersion\":\"" + version + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void itListensWhereItIsToldTo(String host) throws Exception {
        try (Service service = started("HTTP_HOST", host)) {
            assertThat(admin(service, host)
                            .ask(200, "GET", "/keys", "")
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void theStoreInMemoryBeginsEmptyEachTime() throws Exception {
        try (Service service = started()) {
            newKey(admin(service));
        }
        try (Service service = started()) {
            assertThat(admin(service).ask(200, "GET", "/keys", "").path("total").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void theWindowIsAsLongAsConfigured() throws Exception {
        try (Service service = started("DOWNGRADE_WINDOW", "PT36H")) {
            Api api = admin(service);
            String path = newKey(api);
            pinned(api, path, "2023-01-01", 200);
            JsonNode upgraded = pinned(api, path, "2024-01-01", 200);

            assertThat(Instant.parse(
                            upgraded.path("apiVersionDowngradeNotAllowedAfter").asText()))
                    .isEqualTo(
                            Instant.parse(upgraded.path("apiVersionUpdatedAt").asText())
                                    .plus(Duration.ofHours(36)));
        }
    }

    @Test
    void onlyReleasedVersionsAreTaken() throws Exception {
        try (Service service = started("API_VERSIONS", "2024-05-22,2023-01-01")) {
            Api api = admin(service);
            String path = newKey(api);

            assertThat(pinned(api, path, "2024-05-23", 400).toString()).contains("2023-01-01", "2024-05-22");
            pinned(api, path, "2024-05-22", 200);
        }
    }

    @Test
    void newKeysHaveThePrefix() throws Exception {
        try (Service service = started("KEY_PREFIX", "acme_live")) {
            Api api = admin(service);

            assertThat(api.key()).startsWith("acme_live_");
            assertThat(api.ask(201, "POST", "/keys", "{\"userId\":\"alice\"}")
                            .path("key")
                            .asText())
                    .startsWith("acme_live_");
        }
    }

    @Test
    void forwardedAddressesCountFromTrustedProxiesOnly() throws Exception {
        String[] forwarded = {"X-Forwarded-For", "192.0.2.7"};
        String restricted = "{\"userId\":\"a\",\"scopes\":[\"keys:read\"],\"whitelistedIPs\":[\"192.0.2.7\"]}";
        try (Service alone = started();
                Service behind = started("TRUSTED_PROXIES", "127.0.0.0/8")) {
            for (Service service : List.of(alone, behind)) {
                Api api = admin(service);
                Api holder = new Api(
                        api.url(),
                        api.ask(201, "POST", "/keys", restricted).path("key").asText());

                assertThat(holder.send("GET", "/keys", "", forwarded).statusCode())
                        .isEqualTo(service == behind ? 200 : 403);
                assertThat(holder.send("GET", "/keys", "").statusCode()).isEqualTo(403);
            }
        }
    }

    private static List<Integer> failures(Service service, int times) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int at = 0; at < times; at++) {
            statuses.add(new Api(admin(service).url(), "nonsense")
                    .send("GET", "/keys", "")
                    .statusCode());
        }
        return statuses;
    }

    @Test
    void whoFailsMoreOftenThanConfiguredIsToldToWait() throws Exception {
        try (Service strict = started("AUTH_FAILURES_PER_MINUTE", "1");
                Service usual = started();
                Service off = started("AUTH_FAILURES_PER_MINUTE", "0")) {
            assertThat(failures(strict, 3)).startsWith(401).contains(429);
            assertThat(failures(usual, 60)).containsOnly(401);
            assertThat(failures(off, 130)).containsOnly(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "off"})
    void theLastUseIsNotedUnlessThatIsSwitchedOffAndOutlivesAStop(String interval, @TempDir Path folder)
            throws Exception {
        String[] settings = {"DB_URL", "jdbc:h2:file:" + folder.resolve("keys"), "LAST_USED_INTERVAL", interval};
        String management;
        JsonNode created;
        Instant before;
        Instant after;
        try (Service service = started(settings)) {
            Api api = admin(service);
            management = api.key();
            created = api.ask(201, "POST", "/keys", "{\"userId\":\"alice\"}");
            before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            String question = "{\"key\":\"" + created.path("key").asText() + "\",\"clientIp\":\"192.0.2.7\"}";
            assertThat(api.ask(200, "POST", "/keys/verify", question)
                            .path("valid")
                            .asBoolean())
                    .isTrue();
            after = Instant.now();
        }
        try (Service again = started(settings)) {
            JsonNode kept = new Api("http://127.0.0.1:" + again.port(), management)
                    .ask(200, "GET", "/keys/" + created.path("id").asText(), "");

            if (interval.equals("off")) {
                assertThat(kept.path("lastUsedAt").isNull()).isTrue();
            } else {
                assertThat(Instant.parse(kept.path("lastUsedAt").asText())).isBetween(before, after);
                assertThat(kept.path("lastUsedFrom").asText()).isEqualTo("192.0.2.7");
            }
            assertThat(kept.path("updatedAt")).isEqualTo(created.path("updatedAt"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void howeverFewKeysAreKeptInMemoryAChangeActsAtOnce(String keys) throws Exception {
        try (Service service = started("CACHE_KEYS", keys)) {
            Api api = admin(service);
            for (int round = 0; round < 5; round++) {
                JsonNode created = api.ask(201, "POST", "/keys", "{\"userId\":\"alice\"}");
                String question = "{\"key\":\"" + created.path("key").asText() + "\"}";

                assertThat(api.ask(200, "POST", "/keys/verify", question)
                                .path("code")
                                .asText())
                        .isEqualTo("VALID");
                api.send("DELETE", "/keys/" + created.path("id").asText(), "");
                assertThat(api.ask(200, "POST", "/keys/verify", question)
                                .path("code")
                                .asText())
                        .isEqualTo("DELETED");
            }
        }
    }

    @Test
    void linksAreAbsoluteUnderThePublicUrl() throws Exception {
        try (Service service = started("PUBLIC_URL", "https://keys.example.com/kw")) {
            HttpResponse<String> created = admin(service).send("POST", "/keys", "{\"userId\":\"alice\"}");

            assertThat(created.headers().firstValue("Location").orElseThrow())
                    .startsWith("https://keys.example.com/kw/keys/key_");
            assertThat(admin(service)
                            .ask(200, "GET", "/keys?limit=1", "")
                            .path("nextUrl")
                            .asText())
                    .startsWith("https://keys.example.com/kw/keys?");
            assertThat(admin(service)
                            .ask(200, "GET", "/keys?limit=1&offset=1", "")
                            .path("previousUrl")
                            .asText())
                    .startsWith("https://keys.example.com/kw/keys?");
        }
    }

    /** Nobody answers at the issuer's address, so that a token can be judged by nobody: the scheme is on. */
    @Test
    void tokensAreTakenWhereAnIssuerIsConfigured() throws Exception {
        String token = encoded("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"k\"}") + "." + encoded("{}") + "."
                + encoded("signature");
        try (Service off = started();
                Service on =
                        started("OAUTH_ISSUER", "http://127.0.0.1:1", "OAUTH_AUDIENCE", "https://keys.example.com")) {
            for (Service service : List.of(off, on)) {
                HttpResponse<String> answer = bearing(service, token);

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(service == on ? 503 : 401);
            }
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> bearing(Service service, String token) throws Exception {
        return Api.bearing(admin(service).url(), token, "/keys");
    }
}
