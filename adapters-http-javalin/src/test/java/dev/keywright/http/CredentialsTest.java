package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 6: keys as credentials, and that every 401 is like every other. */
class CredentialsTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final Tenant acme = SERVER.tenant();
    private final String secret = acme.secret();
    private final ApiClient anyone = SERVER.anonymous();
    private final ApiClient api = anyone.withKey(secret);

    @Test
    void aKeyIsTakenFromItsHeaderAndAsBearer() {
        assertThat(anyone.with("X-API-Key", secret).get("/keys").status()).isEqualTo(200);
        assertThat(anyone.with("x-api-KEY", secret).get("/keys").status()).isEqualTo(200);
        assertThat(anyone.with("Authorization", "Bearer " + secret).get("/keys").status())
                .isEqualTo(200);
        assertThat(anyone.with("authorization", "bearer " + secret).get("/keys").status())
                .isEqualTo(200);
    }

    @Test
    @Tag("R-17")
    @Tag("R-06")
    @Tag("R-46")
    void every401IsTheSameToTheByteButForTheRequestId() {
        JsonNode off = api.created("userId", "off", "scopes", List.of("keys:read"));
        api.post("/keys/" + off.path("id").asText() + "/deactivate");
        JsonNode deleted = api.created("userId", "deleted", "scopes", List.of("keys:read"));
        api.delete("/keys/" + deleted.path("id").asText());
        String end = LiveServer.text(SERVER.time.instant().plusMillis(2));
        JsonNode expired = api.created("userId", "expired", "scopes", List.of("keys:read"), "expiresAt", end);
        SERVER.time.advance(Duration.ofSeconds(1));

        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("empty", "");
        keys.put("malformed", "x");
        keys.put("switched off", off.path("key").asText());
        keys.put("deleted", deleted.path("key").asText());
        keys.put("expired", expired.path("key").asText());
        keys.put("an id", off.path("id").asText());
        keys.put("an id and a secret", off.path("id").asText() + "." + secret);
        keys.put("redacted", secret.substring(0, secret.lastIndexOf('_')));
        keys.put("the reference", secret.split("_")[1]);
        keys.put("upper case", secret.toUpperCase(Locale.ROOT));
        keys.put("lower case", secret.toLowerCase(Locale.ROOT));
        keys.put("longer", secret + "0");
        keys.put("shorter", secret.substring(0, secret.length() - 1));
        keys.put("one character changed", changed(secret, secret.length() - 10));
        keys.put("another reference", changed(secret, 5));
        keys.put("unknown but well-formed", unknownSecret());
        keys.put("quoted", "\"" + secret + "\"");
        keys.put("with a scheme", "Bearer " + secret);
        keys.put("two in one", secret + "," + secret);
        keys.put("very long", "k".repeat(5_000));
        keys.put("encoded", secret.replace("_", "%5F"));

        Answer none = anyone.get("/keys");
        assertThat(none.status()).isEqualTo(401);
        keys.forEach((name, key) -> {
            Answer header = anyone.with("X-API-Key", key).get("/keys");
            assertThat(header.comparable()).as(name).isEqualTo(none.comparable());
            if (!name.equals("with a scheme")) {
                Answer bearer = anyone.with("Authorization", "Bearer " + key).get("/keys");
                assertThat(bearer.comparable()).as(name).isEqualTo(none.comparable());
            }
        });
    }

    private static String changed(String secret, int at) {
        char other = secret.charAt(at) == '2' ? '3' : '2';
        return secret.substring(0, at) + other + secret.substring(at + 1);
    }

    /** The example of the documentation: shape and check are right, and nobody has it. */
    private static String unknownSecret() {
        return "kw_4xk9m2hq7vbn0c8dtz3r_Qm7ZpX2vLr9TbKd4NfWs8HyJc3GuEa6A11Hr4e";
    }

    @Test
    @Tag("R-17")
    void aRightReferenceWithAWrongRandomPartIsLikeAnUnknownOne() {
        String reference = secret.substring(0, secret.lastIndexOf('_') + 1);
        String forged = withCheck(reference + "A".repeat(32));
        assertThat(anyone.withKey(forged).get("/keys").comparable())
                .isEqualTo(anyone.withKey(unknownSecret()).get("/keys").comparable());
    }

    static String withCheck(String body) {
        CRC32 crc = new CRC32();
        crc.update(RawConnection.latin1(body));
        String digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        StringBuilder check = new StringBuilder();
        long rest = crc.getValue();
        for (int at = 0; at < 6; at++) {
            check.insert(0, digits.charAt((int) (rest % 62)));
            rest /= 62;
        }
        return body + check;
    }

    @Test
    void otherSchemesOfAuthorizationAreNoCredential() {
        for (String value : List.of(
                "Basic " + Base64.getEncoder().encodeToString((secret + ":").getBytes(StandardCharsets.UTF_8)),
                secret,
                "Bearer",
                "Bearer:" + secret,
                "Token " + secret,
                "ApiKey " + secret,
                "Bearer a.b.c",
                "Bearer " + secret + " " + secret,
                "Digest x")) {
            assertThat(anyone.with("Authorization", value).get("/keys").status())
                    .as(value)
                    .isEqualTo(401);
        }
    }

    @Test
    @Tag("R-28")
    void twoCredentialsAreA400InEveryCombinationAndOrder() throws Exception {
        String good = "X-API-Key: " + secret + "\r\n";
        String other = "X-API-Key: x\r\n";
        String bearer = "Authorization: Bearer " + secret + "\r\n";
        String basic = "Authorization: Basic eDp5\r\n";
        for (String headers : List.of(
                good + bearer,
                bearer + good,
                good + good,
                good + other,
                other + good,
                bearer + bearer,
                bearer + basic,
                basic + bearer,
                good + basic,
                "X-API-Key: \r\n" + good,
                good + "Authorization: \r\n",
                "x-api-key: a\r\nX-API-KEY: b\r\n")) {
            for (String line : List.of("GET /keys", "GET /nowhere", "DELETE /keys/key_00000000000000000000000000")) {
                Answer answer = raw(line, headers);
                assertThat(answer.status()).as(headers).isEqualTo(400);
                assertThat(answer.type()).isEqualTo("/problems/malformed-request");
            }
        }
    }

    private static Answer raw(String line, String headers) throws Exception {
        return RawConnection.once(
                        SERVER.port(),
                        RawConnection.latin1(line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n"))
                .orElseThrow();
    }

    @Test
    @Tag("R-09")
    void credentialsInTheQueryACookieOrOtherHeadersAreNone() throws Exception {
        for (String query :
                List.of("api_key", "apiKey", "X-API-Key", "access_token", "key", "token", "Authorization")) {
            assertThat(anyone.get("/keys?" + query + "=" + secret).status()).isEqualTo(401);
        }
        for (String header : List.of(
                "Cookie: X-API-Key=" + secret,
                "Cookie: access_token=" + secret + "; Authorization=Bearer " + secret,
                "X-Api-Token: " + secret,
                "X_API_KEY: " + secret,
                "Api-Key: " + secret,
                "Proxy-Authorization: Bearer " + secret,
                "X-Authorization: Bearer " + secret,
                "X-Forwarded-Authorization: Bearer " + secret)) {
            Answer answer = raw("GET /keys", header + "\r\n");
            assertThat(answer.status()).as(header).isIn(401, 400);
        }
        assertThat(anyone.post("/keys", JsonText.object("userId", "alice", "key", secret))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void nothingIsJudgedOrChangedBeforeTheCredentials() {
        List<Answer> answers = new ArrayList<>();
        answers.add(anyone.post("/keys", "{"));
        answers.add(anyone.post("/keys", "x".repeat(70_000)));
        answers.add(anyone.get("/keys?limit=0"));
        answers.add(anyone.get("/nowhere"));
        answers.add(anyone.send(ApiRequest.of("PATCH", "/keys")));
        answers.add(anyone.options("/keys"));
        answers.add(anyone.with("If-Match", "x").delete("/keys/" + api.newKey()));
        answers.add(anyone.post("/health/live"));
        answers.add(anyone.options("/openapi.yaml"));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(401));
    }

    @Test
    void theCompanyIsTheKeysOwnWhateverElseIsSaid() {
        JsonNode key =
                api.with("X-Company-Id", "other").with("X-Tenant", "other").created("userId", "alice");
        assertThat(key.path("companyId").asText()).isEqualTo(acme.company());
        assertThat(api.post("/keys", "{\"userId\":\"alice\",\"companyId\":\"other\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.get("/keys?companyId=other").status()).isEqualTo(400);
    }
}
