package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.ReleasedVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4 and the product's own fields: {@code apiVersion}, {@code scopes}, {@code expiresAt}. */
class VersionScopesExpiryFieldsTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final ApiClient api = SERVER.tenant().client();
    private final String path = "/keys/" + api.newKey();

    @ParameterizedTest
    @ValueSource(strings = {"2024-05-22", "2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"})
    void anyRealDateIsAVersion(String version) {
        assertThat(api.put(path, JsonText.object("apiVersion", version))
                        .json()
                        .path("apiVersion")
                        .asText())
                .isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023-02-30",
                "2023-02-29",
                "1900-02-29",
                "2024-13-01",
                "2024-00-10",
                "2024-01-00",
                "2024-1-1",
                "24-01-01",
                "2024/01/01",
                "20240101",
                "2024-05-22T00:00:00Z",
                "2024-05-22\n",
                " 2024-05-22",
                "+2024-05-22",
                "-2024-05-22",
                "\u0662\u0660\u0662\u0664-05-22",
                "\uff12024-05-22",
                "latest"
            })
    @Tag("R-43")
    void anythingElseIsNone(String version) {
        Answer answer = api.put(path, JsonText.object("apiVersion", version));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults()).containsExactly("/apiVersion");
    }

    @Test
    @Tag("R-43")
    void aHugeTextIsRefusedQuickly() {
        long before = System.nanoTime();
        assertThat(api.put(path, JsonText.object("apiVersion", "2".repeat(60_000)))
                        .status())
                .isEqualTo(400);
        assertThat(api.put(path, JsonText.object("expiresAt", "1".repeat(60_000)))
                        .status())
                .isEqualTo(400);
        assertThat(api.put(path, JsonText.object("scopes", List.of("a".repeat(60_000))))
                        .status())
                .isEqualTo(400);
        assertThat(api.put(path, JsonText.object("whitelistedIPs", List.of(":".repeat(60_000))))
                        .status())
                .isEqualTo(400);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whereVersionsAreListedAnUnlistedOneIsRefusedWithTheList() {
        ReleasedVersions two =
                ReleasedVersions.only(List.of(ApiVersion.parse("2024-05-22"), ApiVersion.parse("2023-01-01")));
        try (LiveServer listed = LiveServer.withReleased(two).start()) {
            ApiClient there = listed.tenant().client();
            String key = "/keys/" + there.newKey();

            Answer refused = there.put(key, "{\"apiVersion\":\"2024-05-23\",\"description\":\"\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.faults()).containsExactlyInAnyOrder("/apiVersion", "/description");
            assertThat(refused.faultDetails()).contains("2023-01-01", "2024-05-22");
            assertThat(there.put(key, "{\"apiVersion\":\"2024-05-22\"}").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void scopesAreAnsweredSortedWithoutDuplicates() {
        JsonNode created = api.created("userId", "alice", "scopes", List.of("reports", "keys:read", "reports"));
        assertThat(created.path("scopes")).hasToString("[\"keys:read\",\"reports\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "1a", "_a", "Keys:read", "keys read", "keys:read ", "a/b", "a*", "\u00e4", "a\n", "a,b"
            })
    void aScopeOfAnotherShapeIsRefusedAtItsPlace(String scope) {
        Answer answer = api.put(path, JsonText.object("scopes", List.of("reports", scope)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults()).containsExactly("/scopes/1");
        assertThat(api.put(path, JsonText.object("scopes", List.of("a".repeat(65))))
                        .faults())
                .containsExactly("/scopes/0");
    }

    @Test
    void thereAreAtMost100ScopesCountedAsGiven() {
        assertThat(api.put(path, JsonText.object("scopes", Collections.nCopies(100, "reports")))
                        .status())
                .isEqualTo(200);
        assertThat(api.put(path, JsonText.object("scopes", Collections.nCopies(101, "reports")))
                        .faults())
                .containsExactly("/scopes");
        assertThat(api.verify("key", "x", "scopes", Collections.nCopies(101, "a"))
                        .faults())
                .containsExactly("/scopes");
    }

    @Test
    void aCallerThatHoldsManyScopesMayGiveThemAll() {
        List<String> many = new ArrayList<>(
                IntStream.range(0, 99).mapToObj(i -> "host:scope-" + i).toList());
        many.add("keys:write");
        ApiClient holder = SERVER.tenant().client(many.toArray(String[]::new));
        assertThat(holder.created("userId", "alice", "scopes", many).path("scopes"))
                .hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({
        "2030-01-01T00:00:00Z, 2030-01-01T00:00:00.000Z",
        "2030-01-01T00:00:00.5Z, 2030-01-01T00:00:00.500Z",
        "2030-01-01T00:00:00.123999999Z, 2030-01-01T00:00:00.123Z",
        "2030-01-01T01:30:00+01:30, 2030-01-01T00:00:00.000Z",
        "2029-12-31T23:00:00-01:00, 2030-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
    })
    void anExpiryIsAnsweredInUtcWithMilliseconds(String given, String answered) {
        assertThat(api.created("userId", "alice", "expiresAt", given)
                        .path("expiresAt")
                        .asText())
                .isEqualTo(answered);
        assertThat(api.put(path, JsonText.object("expiresAt", given))
                        .json()
                        .path("expiresAt")
                        .asText())
                .isEqualTo(answered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2030-01-01",
                "2030-01-01T00:00:00",
                "2030-01-01T00:00Z",
                "2030-01-01 00:00:00Z",
                "2030-02-30T00:00:00Z",
                "2030-01-01T24:00:00Z",
                "2030-01-01T00:60:00Z",
                "2030-01-01T00:00:61Z",
                "2030-01-01T00:00:00+1:00",
                "2030-01-01T00:00:00+0100",
                "2030-01-01T00:00:00[UTC]",
                "+10000-01-01T00:00:00Z",
                "10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-01:00",
                "-0001-01-01T00:00:00Z",
                "\u0662\u0660\u0663\u0660-01-01T00:00:00Z",
                "1893456000",
                "never",
                "2020-01-01T00:00:00Z"
            })
    void anythingElseAndThePastAreNoExpiry(String text) {
        Answer create = api.post("/keys", JsonText.object("userId", "alice", "expiresAt", text));
        Answer update = api.put(path, JsonText.object("expiresAt", text));
        assertThat(create.status()).isEqualTo(400);
        assertThat(create.faults()).containsExactly("/expiresAt");
        assertThat(update.faults()).containsExactly("/expiresAt");
    }

    @Test
    void anExpiryMustLieInTheFutureWhenItChangesOnly() {
        Instant now = SERVER.time.instant();
        String present = LiveServer.text(now);
        assertThat(api.put(path, JsonText.object("expiresAt", present)).status())
                .isEqualTo(400);
        String soon = LiveServer.text(now.plusMillis(1));
        assertThat(api.put(path, JsonText.object("expiresAt", soon)).status()).isEqualTo(200);

        SERVER.time.advance(Duration.ofSeconds(5));
        assertThat(api.put(path, JsonText.object("expiresAt", soon, "description", "x"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theServersOwnKeysEndWithTheirExpiry() {
        Instant end = SERVER.time.instant().plusSeconds(10);
        String text = LiveServer.text(end);
        String secret = api.created("userId", "a", "scopes", List.of("keys:read"), "expiresAt", text)
                .path("key")
                .asText();
        ApiClient holder = api.withKey(secret);

        SERVER.time.set(Instant.parse(text).minusMillis(1));
        assertThat(holder.get("/keys").status()).isEqualTo(200);
        SERVER.time.set(Instant.parse(text));
        assertThat(holder.get("/keys").status()).isEqualTo(401);
    }
}
