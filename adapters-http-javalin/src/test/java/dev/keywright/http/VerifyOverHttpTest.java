package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 9: one decision, in one order, always 200. */
class VerifyOverHttpTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final ApiClient api = SERVER.tenant().client();

    private String code(Object... request) {
        Answer answer = api.verify(request);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        boolean valid = answer.json().path("valid").asBoolean();
        assertThat(valid).isEqualTo(answer.json().path("code").asText().equals("VALID"));
        return answer.json().path("code").asText();
    }

    @Test
    void aGoodKeyIsValidAndItsFactsAreTold() {
        JsonNode key = api.created(
                "userId", "bob", "scopes", List.of("reports", "keys:read"), "expiresAt", "2090-01-01T00:00:00Z");
        api.put("/keys/" + key.path("id").asText(), "{\"apiVersion\":\"2024-05-22\"}");

        JsonNode verdict = api.verify("key", key.path("key").asText(), "scopes", List.of("reports"))
                .json();

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("valid", true);
        expected.put("code", "VALID");
        expected.put("keyId", key.path("id").asText());
        expected.put("companyId", key.path("companyId").asText());
        expected.put("userId", "bob");
        expected.put("apiVersion", "2024-05-22");
        expected.put("scopes", List.of("keys:read", "reports"));
        expected.put("expiresAt", "2090-01-01T00:00:00.000Z");
        expected.put("missingScopes", null);
        assertThat(verdict).isEqualTo(JsonText.parse(JsonText.write(expected)));
    }

    @Test
    @Tag("R-46")
    void whatIsNoKnownSecretToTheLetterIsNotFoundAndTellsNothing() {
        String secret = api.created("userId", "bob").path("key").asText();
        Answer unknown = api.verify("key", "x");
        assertThat(unknown.json().path("code").asText()).isEqualTo("NOT_FOUND");
        for (String presented : List.of(
                secret.toUpperCase(Locale.ROOT),
                " " + secret,
                secret + " ",
                secret + "\n",
                secret.substring(1),
                secret.substring(0, secret.length() - 1),
                secret + "0",
                secret.replace('_', '\uff3f'),
                secret.replace("kw", "\uff4bw"),
                secret.replace('k', '\u212a'),
                secret.substring(0, secret.lastIndexOf('_')),
                secret.substring(0, secret.lastIndexOf('_')) + "\u2026",
                "x".repeat(255),
                "kw_4xk9m2hq7vbn0c8dtz3r_Qm7ZpX2vLr9TbKd4NfWs8HyJc3GuEa6A11Hr4e",
                CredentialsTest.withCheck(withAnotherLastCharacter(secret.substring(0, secret.length() - 6))),
                "\ud83d\udd11")) {
            assertThat(api.verify("key", presented).comparable()).as(presented).isEqualTo(unknown.comparable());
        }
        assertThat(code("key", secret)).isEqualTo("VALID");
    }

    private static String withAnotherLastCharacter(String text) {
        return text.substring(0, text.length() - 1) + (text.endsWith("0") ? "1" : "0");
    }

    @Test
    void theFirstReasonOfTheOrderIsTold() {
        String soon = LiveServer.text(SERVER.time.instant().plusSeconds(10));
        JsonNode key = api.created(
                "userId",
                "bob",
                "whitelistedIPs",
                List.of("10.0.0.0/8"),
                "scopes",
                List.of("reports"),
                "expiresAt",
                soon);
        String path = "/keys/" + key.path("id").asText();
        String secret = key.path("key").asText();
        Object[] all = {"key", secret, "clientIp", "9.9.9.9", "scopes", List.of("billing")};

        assertThat(code("key", secret, "clientIp", "10.0.0.1", "scopes", List.of("reports")))
                .isEqualTo("VALID");
        assertThat(code("key", secret, "clientIp", "10.0.0.1", "scopes", List.of("billing", "reports")))
                .isEqualTo("INSUFFICIENT_SCOPE");
        assertThat(code(all)).isEqualTo("IP_NOT_ALLOWED");
        assertThat(code("key", secret, "scopes", List.of("billing"))).isEqualTo("IP_REQUIRED");
        assertThat(code("key", secret, "clientIp", null)).isEqualTo("IP_REQUIRED");
        SERVER.time.advance(Duration.ofSeconds(10));
        assertThat(code(all)).isEqualTo("EXPIRED");
        api.post(path + "/deactivate");
        assertThat(code(all)).isEqualTo("INACTIVE");
        api.delete(path);
        assertThat(code(all)).isEqualTo("DELETED");
        assertThat(code("key", secret.toUpperCase(Locale.ROOT), "clientIp", "9.9.9.9"))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void missingScopesAreNamedInOrder() {
        String secret = api.created("userId", "bob", "scopes", List.of("reports"))
                .path("key")
                .asText();

        JsonNode verdict = api.verify("key", secret, "scopes", List.of("zeta", "reports", "alpha", "zeta"))
                .json();

        assertThat(verdict.path("code").asText()).isEqualTo("INSUFFICIENT_SCOPE");
        assertThat(verdict.path("missingScopes")).hasToString("[\"alpha\",\"zeta\"]");
    }

    @Test
    void atTheVeryInstantOfItsExpiryAKeyHasExpired() {
        String end = LiveServer.text(SERVER.time.instant().plusSeconds(5));
        String secret =
                api.created("userId", "bob", "expiresAt", end).path("key").asText();
        SERVER.time.set(Instant.parse(end).minusMillis(1));
        assertThat(code("key", secret)).isEqualTo("VALID");
        SERVER.time.set(Instant.parse(end));
        assertThat(code("key", secret)).isEqualTo("EXPIRED");
    }

    @Test
    @Tag("R-32")
    void addressesAreComparedAsAddresses() {
        String v4 = api.created("userId", "a", "whitelistedIPs", List.of("10.0.0.0/8"))
                .path("key")
                .asText();
        String v6 = api.created("userId", "a", "whitelistedIPs", List.of("::/0"))
                .path("key")
                .asText();
        assertThat(code("key", v4, "clientIp", "::ffff:10.255.255.255")).isEqualTo("VALID");
        assertThat(code("key", v4, "clientIp", "11.0.0.0")).isEqualTo("IP_NOT_ALLOWED");
        assertThat(code("key", v4, "clientIp", "::1")).isEqualTo("IP_NOT_ALLOWED");
        assertThat(code("key", v6, "clientIp", "2001:DB8::1")).isEqualTo("VALID");
        assertThat(code("key", v6, "clientIp", "10.0.0.1")).isEqualTo("IP_NOT_ALLOWED");
        assertThat(code("key", v6, "clientIp", "::ffff:10.0.0.1")).isEqualTo("IP_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"key\":null}",
                "{\"key\":1}",
                "{\"key\":[\"x\"]}",
                "{\"key\":\"x\",\"clientIp\":\"\"}",
                "{\"key\":\"x\",\"clientIp\":\"10.0.0.0/8\"}",
                "{\"key\":\"x\",\"clientIp\":\"localhost\"}",
                "{\"key\":\"x\",\"clientIp\":\"10.0.0.1:80\"}",
                "{\"key\":\"x\",\"clientIp\":\"fe80::1%1\"}",
                "{\"key\":\"x\",\"clientIp\":1}",
                "{\"key\":\"x\",\"clientIp\":[\"10.0.0.1\"]}",
                "{\"key\":\"x\",\"scopes\":\"reports\"}",
                "{\"key\":\"x\",\"scopes\":[\"Bad\"]}",
                "{\"key\":\"x\",\"scopes\":[null]}",
                "{\"key\":\"x\",\"scope\":\"reports\"}",
                "{\"key\":\"x\",\"ip\":\"10.0.0.1\"}"
            })
    void onlyTheVerifiersOwnMistakesAreA400(String body) {
        Answer answer = api.post("/keys/verify", body);
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.faults()).hasSize(1);
    }

    @Test
    void whateverAClientPresentedIsNoMistakeOfTheVerifier() {
        assertThat(code("key", "")).isEqualTo("NOT_FOUND");
        assertThat(code("key", "x".repeat(60_000))).isEqualTo("NOT_FOUND");
    }

    @Test
    void verifyingChangesNothing() {
        JsonNode key = api.created("userId", "bob");
        Answer before = api.get("/keys/" + key.path("id").asText());
        SERVER.time.advance(Duration.ofMinutes(1));
        code("key", key.path("key").asText());
        Answer after = api.get("/keys/" + key.path("id").asText());
        assertThat(after.json()).isEqualTo(before.json());
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
    }

    @Test
    void verifyIsNoKeyId() {
        assertThat(api.get("/keys/verify").status()).isEqualTo(405);
        assertThat(api.delete("/keys/verify").header("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("POST").doesNotContain("DELETE"));
    }
}
