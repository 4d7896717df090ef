package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Contract section 4: {@code whitelistedIPs}. */
class AddressFieldTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final ApiClient api = SERVER.tenant().client();

    private Answer create(Object addresses) {
        return api.post("/keys", JsonText.object("userId", "alice", "whitelistedIPs", addresses));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "10.0.0.0/8, 10.0.0.0/8",
        "10.0.0.1/32, 10.0.0.1",
        "0.0.0.0/0, 0.0.0.0/0",
        "255.255.255.255, 255.255.255.255",
        "2001:DB8:0:0::1, 2001:db8::1",
        "2001:db8::1/128, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "::/0, ::/0",
        "::1, ::1",
        "fe80::/10, fe80::/10",
        "::ffff:10.0.0.1, 10.0.0.1",
        "::ffff:a00:1, 10.0.0.1",
        "::FFFF:10.0.0.0/104, 10.0.0.0/8"
    })
    void addressesAreAnsweredInCanonicalText(String given, String canonical) {
        JsonNode created = create(List.of(given)).json();
        assertThat(created.path("whitelistedIPs")).hasToString("[\"" + canonical + "\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " 10.0.0.1",
                "10.0.0.1 ",
                "10.0.0.1\n",
                "010.0.0.1",
                "10.0.0.01",
                "10.1",
                "10.0.0",
                "10.0.0.0.1",
                "10.0.0.256",
                "167772161",
                "0x0a.0.0.1",
                "localhost",
                "example.com",
                "*",
                "10.0.0.*",
                "10.0.0.1-10.0.0.9",
                "10.0.0.0/255.0.0.0",
                "10.0.0.1:80",
                "[::1]",
                "[::1]:80",
                "fe80::1%eth0",
                "::1%0",
                "::10.0.0.1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":::",
                "12345::",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0/ 8",
                "::/129",
                "\u0663.0.0.1",
                "\uff11\uff10.0.0.1",
                "10\u30020\u30020\u30021"
            })
    @Tag("R-33")
    void anythingButALiteralAddressOrBlockIsRefusedAtItsPlace(String text) {
        Answer answer = create(List.of("10.0.0.1", text));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults()).containsExactly("/whitelistedIPs/1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/8, 10.0.0.0/8",
        "192.168.1.77/24, 192.168.1.0/24",
        "2001:db8::1/32, 2001:db8::/32",
        "::ffff:10.0.0.1/104, 10.0.0.0/8",
        "::10.0.0.1, 10.0.0.1"
    })
    void aNearMissIsToldWhatWasProbablyMeant(String given, String suggestion) {
        Answer answer = create(List.of(given));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faultDetails()).contains("did you mean " + suggestion + "?");
    }

    @Test
    void duplicatesGoAndTheOrderStays() {
        JsonNode created = create(List.of("::1", "10.0.0.1", "::ffff:10.0.0.1", "0:0::1", "9.9.9.9", "10.0.0.1/32"))
                .json();
        assertThat(created.path("whitelistedIPs")).hasToString("[\"::1\",\"10.0.0.1\",\"9.9.9.9\"]");
    }

    @Test
    void nothingAndAnEmptyListMeanAnyCallerAndReadBackAsNull() {
        for (JsonNode created :
                List.of(create(null).json(), create(List.of()).json(), api.created("userId", "alice"))) {
            assertThat(created.get("whitelistedIPs").isNull()).isTrue();
        }
    }

    @Test
    @Tag("R-34")
    void thereAreAtMost100EntriesCountedAsGiven() {
        List<String> hundred =
                IntStream.range(0, 100).mapToObj(i -> "10.0.0." + i).toList();
        assertThat(create(hundred).json().path("whitelistedIPs")).hasSize(100);

        List<String> more = new ArrayList<>(hundred);
        more.add("10.0.0.1");
        for (List<String> tooMany :
                List.of(more, Collections.nCopies(101, "10.0.0.1"), Collections.nCopies(5_000, "::1"))) {
            Answer answer = create(tooMany);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.faults()).contains("/whitelistedIPs");
        }
    }

    @Test
    @Tag("R-34")
    void tenThousandEntriesAreRefusedWhateverTheirSize() {
        assertThat(create(Collections.nCopies(10_000, "::")).status()).isEqualTo(400);
        assertThat(create(Collections.nCopies(10_000, "10.0.0.1")).status()).isEqualTo(413);
        assertThat(api.post(
                                "/keys",
                                "{\"userId\":\"alice\",\"scopes\":" + JsonText.write(Collections.nCopies(10_000, "a"))
                                        + "}")
                        .status())
                .isEqualTo(400);
        assertThat(api.post(
                                "/keys",
                                "{\"userId\":\"alice\",\"scopes\":" + JsonText.write(Collections.nCopies(10_000, 1))
                                        + "}")
                        .status())
                .isEqualTo(400);
        assertThat(api.get("/keys").json().path("total").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"10.0.0.1\"", "{}", "1", "true", "[1]", "[null]", "[[\"10.0.0.1\"]]", "[{\"ip\":\"10.0.0.1\"}]"
            })
    void aListOfOtherThingsIsNoListOfTexts(String json) {
        Answer answer = api.post("/keys", "{\"userId\":\"alice\",\"whitelistedIPs\":" + json + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.faults()).containsExactly(json.startsWith("[") ? "/whitelistedIPs/0" : "/whitelistedIPs");
    }

    @Test
    @Tag("R-15")
    void aTightenedListActsAtOnce() {
        JsonNode created = api.created("userId", "alice");
        String secret = created.path("key").asText();
        assertThat(api.verify("key", secret, "clientIp", "9.9.9.9")
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("VALID");

        api.put("/keys/" + created.path("id").asText(), "{\"whitelistedIPs\":[\"10.0.0.0/8\"]}");

        assertThat(api.verify("key", secret, "clientIp", "9.9.9.9")
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("IP_NOT_ALLOWED");
        assertThat(api.verify("key", secret, "clientIp", "::ffff:10.1.2.3")
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("VALID");
    }
}
