package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract sections 4 and 7: bodies are read strictly, and every fault is told at once. */
class BodyRulesTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final ApiClient api = SERVER.tenant().client();
    private final String path = "/keys/" + api.newKey();

    @ParameterizedTest
    @CsvSource({
        "whitelistedIps, whitelistedIPs",
        "whitelisted_ips, whitelistedIPs",
        "whitelistIPs, whitelistedIPs",
        "descripton, description",
        "Description, description",
        "user_id, userId",
        "userid, userId",
        "scope, scopes",
        "expiresAT, expiresAt",
        "expires_at, expiresAt"
    })
    void anUnknownFieldIsAnErrorThatNamesItAndTheNearestKnownOne(String unknown, String nearest) {
        Answer answer = api.post("/keys", "{\"userId\":\"alice\",\"" + unknown + "\":null}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults()).containsExactly("/" + unknown);
        assertThat(answer.faultDetails()).contains("did you mean " + nearest + "?");
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @Test
    void aFieldWithoutANearOneIsNamedAllTheSame() {
        assertThat(api.put(path, "{\"zzz\":1}").faults()).containsExactly("/zzz");
        assertThat(api.put(path, "{\"\":1}").faults()).containsExactly("/");
        assertThat(api.put(path, "{\"a/b~c\":1}").faults()).containsExactly("/a~1b~0c");
        assertThat(api.verify("key", "x", "clientIP", "10.0.0.1").faults()).containsExactly("/clientIP");
        assertThat(api.verify("key", "x", "clientIP", "10.0.0.1").faultDetails())
                .contains("did you mean clientIp?");
    }

    @Test
    void everyFaultIsToldAtOnceInTheOrderOfTheBody() {
        Answer answer = api.post(
                "/keys",
                JsonText.object(
                        "descripton", "x",
                        "scopes", List.of("Bad", "good", 1),
                        "whitelistedIPs", List.of("10.0.0.1/8", "10.0.0.1", "localhost"),
                        "status", "active",
                        "userId", "",
                        "expiresAt", "soon",
                        "description", ""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults())
                .containsExactly(
                        "/descripton",
                        "/scopes/0",
                        "/scopes/2",
                        "/whitelistedIPs/0",
                        "/whitelistedIPs/2",
                        "/status",
                        "/userId",
                        "/expiresAt",
                        "/description");
        assertThat(answer.detail()).contains("9 faults");
    }

    @Test
    void aMissingFieldIsToldBesideTheOthers() {
        assertThat(api.post("/keys", "{\"description\":\"\",\"nope\":1}").faults())
                .containsExactlyInAnyOrder("/userId", "/description", "/nope");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"userId\":\"alice\",\"userId\":\"bob\"}",
                "{\"userId\":\"alice\",\"userId\":\"alice\"}",
                "{\"userId\":\"alice\",\"whitelistedIPs\":[\"10.0.0.1\"],\"whitelistedIPs\":null}",
                "{\"userId\":\"alice\",\"\\u0075serId\":\"bob\"}",
                "{\"userId\":\"alice\",\"x\":{\"a\":1,\"a\":2}}"
            })
    @Tag("R-38")
    void aNameThatOccursTwiceInOneObjectIsAnError(String body) {
        assertThat(api.post("/keys", body).status()).isEqualTo(400);
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "description | 1",
                "description | true",
                "description | []",
                "description | {}",
                "apiVersion | 20240522",
                "apiVersion | null",
                "apiVersion | [\"2024-05-22\"]",
                "scopes | \"reports\"",
                "scopes | {\"0\":\"reports\"}",
                "scopes | false",
                "expiresAt | 1893456000",
                "expiresAt | {}",
                "whitelistedIPs | 0"
            })
    void nothingIsCoerced(String field, String json) {
        Answer answer = api.put(path, "{\"" + field + "\":" + json + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults()).containsExactly("/" + field);
        assertThat(api.get(path).header("ETag")).contains("\"1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[{}]", "\"x\"", "1", "true", "1.5e300"})
    void aBodyThatIsNoObjectIsAFaultOfTheWholeBody(String body) {
        for (Answer answer : List.of(api.post("/keys", body), api.put(path, body), api.post("/keys/verify", body))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.faults()).containsExactly("");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "{",
                "}",
                "{\"userId\":\"alice\"",
                "{\"userId\":\"alice\"}}",
                "{\"userId\":\"alice\"} {}",
                "{\"userId\":\"alice\"}null",
                "{\"userId\":\"alice\"}//",
                "{'userId':'alice'}",
                "{userId:\"alice\"}",
                "{\"userId\":\"alice\",}",
                "{\"userId\":\"alice\",,}",
                "/* */{\"userId\":\"alice\"}",
                "{\"userId\":\"alice\" \"description\":null}",
                "{\"userId\":\"a\tb\"}",
                "{\"userId\":\"a\nb\"}",
                "{\"userId\":\"\\x\"}",
                "{\"userId\":\"\\u12\"}",
                "{\"userId\":NaN}",
                "{\"userId\":01}",
                "{\"userId\":+1}",
                "{\"userId\":.5}",
                "{\"userId\":1.}",
                "{\"userId\":TRUE}",
                "userId=alice",
                "<userId>alice</userId>",
                "\ufeff{\"userId\":\"alice\"}"
            })
    @Tag("R-39")
    void aBodyThatIsNoJsonCannotBeRead(String body) {
        for (Answer answer : List.of(api.post("/keys", body), api.put(path, body), api.post("/keys/verify", body))) {
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.type()).isEqualTo("/problems/malformed-request");
        }
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @Test
    @Tag("R-38")
    void depthNumbersAndNamesAreBounded() {
        for (String value : List.of(
                "[".repeat(100_000 / 2),
                "[".repeat(30_000) + "]".repeat(30_000),
                "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                "[".repeat(10) + "]".repeat(10),
                "1e1000000000",
                "-1E-1000000000",
                "1".repeat(60_000),
                "0." + "1".repeat(60_000),
                "{\"" + "n".repeat(60_000) + "\":1}")) {
            Answer answer = api.put(path, "{\"description\":" + value + "}");
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        }
        assertThat(api.put(path, "{\"" + "n".repeat(60_000) + "\":1}").status()).isEqualTo(400);
        assertThat(api.put(path, "[".repeat(100_000)).status()).isEqualTo(413);
        assertThat(api.get(path).header("ETag")).contains("\"1\"");
    }

    @Test
    @Tag("R-38")
    void onlyWellFormedUtf8IsRead() {
        byte[][] bodies = {
            "{\"userId\":\"alice\"}".getBytes(StandardCharsets.UTF_16),
            "{\"userId\":\"alice\"}".getBytes(StandardCharsets.UTF_16LE),
            "{\"userId\":\"alice\"}".getBytes(StandardCharsets.UTF_16BE),
            "{\"userId\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1),
            around(0xc0, 0xaf),
            around(0xed, 0xa0, 0x80),
            around(0xf4, 0x90, 0x80, 0x80),
            around(0xe2, 0x82),
            around(0xff),
            around(0x80)
        };
        for (byte[] body : bodies) {
            Answer answer = api.send(ApiRequest.of("POST", "/keys")
                    .with("Content-Type", "application/json")
                    .withBody(body));
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        }
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    private static byte[] around(int... bytes) {
        byte[] before = "{\"userId\":\"a".getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[before.length + bytes.length + 2];
        System.arraycopy(before, 0, all, 0, before.length);
        for (int at = 0; at < bytes.length; at++) {
            all[before.length + at] = (byte) bytes[at];
        }
        all[all.length - 2] = '"';
        all[all.length - 1] = '}';
        return all;
    }
}
