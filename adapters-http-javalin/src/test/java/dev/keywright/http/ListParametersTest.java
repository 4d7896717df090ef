package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 3: the query of {@code GET /keys}, and queries where there are none. */
class ListParametersTest {

    private static final String ID = "key_01kjpx8nh0ek99yejwftdjtkv0";

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final ApiClient api = SERVER.tenant().client();

    private Answer refused(String query) {
        Answer answer = api.get("/keys?" + query);
        assertThat(answer.status()).as("%s: %s", query, answer).isEqualTo(400);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "101",
                "abc",
                "",
                "-1",
                "%2B5",
                "+5",
                "%205",
                "5%20",
                "5.0",
                "1e1",
                "0x10",
                "%D9%A3",
                "%EF%BC%91%EF%BC%90",
                "99999999999",
                "9223372036854775808",
                "18446744073709551617",
                "4294967297",
                "null",
                "1,2",
                "5%00",
                "%27"
            })
    @Tag("R-42")
    void aLimitIsAWholeAsciiNumberFrom1To100(String limit) {
        assertThat(refused("limit=" + limit).faults()).containsExactly("?limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "100", "025", "%32%35", "00000000025"})
    void limitsInRangeAreTaken(String limit) {
        int status = api.get("/keys?limit=" + limit).status();
        assertThat(status).isIn(limit.startsWith("0") ? List.of(200, 400) : List.of(200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "",
                "x",
                "1.5",
                "%D9%A3",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999",
                "+1",
                "1e3"
            })
    @Tag("R-42")
    void anOffsetIsAWholeAsciiNumberFrom0(String offset) {
        assertThat(refused("offset=" + offset).faults()).containsExactly("?offset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "2147483648", "999999999999999999"})
    void offsetsOfUpTo18DigitsAreTaken(String offset) {
        assertThat(api.get("/keys?offset=" + offset).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "deleted", "Active", "ACTIVE", "active%20", "active,inactive", "all", "null"})
    @Tag("R-46")
    void aStatusIsOneOfTwoToTheLetter(String status) {
        assertThat(refused("status=" + status).faults()).containsExactly("?status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"startingAfter", "endingBefore"})
    @Tag("R-53")
    void aTextThatIsNoKeyIdIsNoCursor(String name) {
        for (String text : List.of(
                "",
                "abc",
                "KEY_01kjpx8nh0ek99yejwftdjtkv0",
                "key_01KJPX8NH0EK99YEJWFTDJTKV0",
                "key_01kjpx8nh0ek99yejwftdjtkv",
                "key_01kjpx8nh0ek99yejwftdjtkv00",
                "key_81kjpx8nh0ek99yejwftdjtkv0",
                "key_01kjpx8nh0ek99yejwftdjtkvo",
                "%20" + ID,
                ID + "%20",
                ID + "%0A",
                ID + "%00",
                "key_01kjpx8nh0ek99yejwftdjtkv%D9%A0",
                "%EF%BD%8Bey_01kjpx8nh0ek99yejwftdjtkv0",
                "01kjpx8nh0ek99yejwftdjtkv0",
                "'%20or%201=1--")) {
            assertThat(refused(name + "=" + text).faults()).as(text).containsExactly("?" + name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "startingAfter=ID&endingBefore=ID, endingBefore",
        "endingBefore=ID&startingAfter=ID, endingBefore",
        "startingAfter=ID&offset=0, offset",
        "endingBefore=ID&offset=5, offset"
    })
    void twoWaysToSayWhereAreRefusedWithTheOneToDrop(String query, String drop) {
        Answer answer = refused(query.replace("ID", ID));

        assertThat(answer.faults()).hasSize(1);
        assertThat(answer.faultDetails()).contains("drop");
        assertThat(answer.text()).contains(drop);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=5&limit=5",
                "limit=5&limit=6",
                "status=active&status=inactive",
                "offset=1&offset=1",
                "startingAfter=key_01kjpx8nh0ek99yejwftdjtkv0&startingAfter=key_01kjpx8nh0ek99yejwftdjtkv0",
                "limit=5&%6Cimit=5"
            })
    @Tag("R-45")
    void aRepeatedParameterIsRefused(String query) {
        assertThat(refused(query).faults()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"foo=1", "Limit=5", "limits=5", "starting_after=x", "=1", "userId=alice", "limit[]=5", "page=2"})
    void anUnknownParameterIsRefusedByName(String query) {
        Answer answer = refused(query.replace("[", "%5B").replace("]", "%5D"));
        assertThat(answer.faults()).containsExactly("?" + query.substring(0, query.indexOf('=')));
    }

    @Test
    void aMisspeltParameterIsToldTheNearestName() {
        assertThat(refused("startingafter=" + ID).faultDetails()).contains("startingAfter");
        assertThat(refused("limits=5").faultDetails()).contains("did you mean limit?");
    }

    @Test
    void everyFaultOfAQueryIsToldAtOnce() {
        assertThat(refused("limit=0&foo=1&status=x&offset=-1").faults())
                .containsExactlyInAnyOrder("?limit", "?foo", "?status", "?offset");
        assertThat(refused("limit=0&startingAfter=" + ID + "&endingBefore=" + ID)
                        .faults())
                .contains("?limit")
                .hasSize(2);
    }

    @Test
    @Tag("R-45")
    void operationsWithoutParametersRefuseEveryParameter() {
        String path = "/keys/" + api.newKey();
        for (Answer answer : List.of(
                api.get(path + "?x=1"),
                api.post("/keys?x=1", "{\"userId\":\"alice\"}"),
                api.put(path + "?status=inactive", "{}"),
                api.delete(path + "?force=true"),
                api.post(path + "/deactivate?x=1"),
                api.post(path + "/activate?x"),
                api.post("/keys/verify?x=1", "{\"key\":\"x\"}"))) {
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.faults()).hasSize(1);
        }
        assertThat(api.get(path).header("ETag")).contains("\"1\"");
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(2);
    }

    @Test
    void faultsOfQueryBodyAndHeaderAreToldTogether() {
        Answer answer = api.with("Idempotency-Key", "a b").post("/keys?x=1", "{\"userId\":\"\",\"nope\":1}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults()).contains("?x", "Idempotency-Key:", "/userId", "/nope");
    }

    @Test
    void brokenPercentEncodingInAQueryIsMalformed() throws Exception {
        for (String query :
                List.of("limit=%", "limit=%zz", "limit=%u0035", "%=1", "limit=%ff", "limit=%C3%28", "x=%c0%80")) {
            String secret = SERVER.tenant().secret("keys:read");
            Answer answer = RawConnection.once(
                            SERVER.port(),
                            RawConnection.latin1("GET /keys?" + query + " HTTP/1.1\r\nHost: x\r\nX-API-Key: " + secret
                                    + "\r\nConnection: close\r\n\r\n"))
                    .orElseThrow();
            assertThat(answer.status()).as("%s: %s", query, answer).isEqualTo(400);
            AnswerRules.check("GET", "/keys", answer);
        }
    }
}
