package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.IpRange;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 6: the caller's address is the socket's peer; forwarding headers count from trusted proxies only. */
class ForwardedAddressTest {

    @RegisterExtension
    static final LiveServer BARE = LiveServer.plain();

    @RegisterExtension
    static final LiveServer BEHIND = LiveServer.with(settings ->
            settings.withTrustedProxies(List.of(IpRange.parse("127.0.0.0/8"), IpRange.parse("10.9.0.0/16"))));

    private static Answer call(LiveServer server, String allowed, String... headers) throws Exception {
        StringBuilder request = new StringBuilder("GET /keys HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: ")
                .append(server.tenant().secretFrom(allowed))
                .append("\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        Answer answer = RawConnection.once(server.port(), RawConnection.latin1(request + "\r\n"))
                .orElseThrow();
        ApiClient.judge(ApiRequest.of("GET", "/keys"), answer);
        return answer;
    }

    private static void assertAllowed(LiveServer server, String address, String... headers) throws Exception {
        assertThat(call(server, address, headers).status())
                .as(List.of(headers) + " is " + address)
                .isEqualTo(200);
        String elsewhere = address.equals("192.0.2.99") ? "192.0.2.98" : "192.0.2.99";
        assertThat(call(server, elsewhere, headers).status())
                .as(List.of(headers) + " is not " + elsewhere)
                .isEqualTo(403);
    }

    private static void assertUnknown(LiveServer server, String... headers) throws Exception {
        assertThat(call(server, "0.0.0.0/0", headers).status())
                .as(List.of(headers).toString())
                .isEqualTo(403);
        assertThat(call(server, "::/0", headers).status())
                .as(List.of(headers).toString())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 203.0.113.7",
                "X-Forwarded-For: nonsense",
                "Forwarded: for=203.0.113.7",
                "X-Real-IP: 203.0.113.7",
                "X-Client-IP: 203.0.113.7",
                "True-Client-IP: 203.0.113.7",
                "CF-Connecting-IP: 203.0.113.7",
                "X-Forwarded: 203.0.113.7"
            })
    @Tag("R-31")
    void withoutATrustedProxyNoHeaderCounts(String header) throws Exception {
        assertAllowed(BARE, "127.0.0.1", header);
        assertThat(call(BARE, "203.0.113.7", header).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "'1.1.1.1, 203.0.113.7', 203.0.113.7",
        "'127.0.0.1, 203.0.113.7', 203.0.113.7",
        "'nonsense, 203.0.113.7', 203.0.113.7",
        "'203.0.113.7,10.9.1.1', 203.0.113.7",
        "'1.1.1.1,203.0.113.7 ,\t10.9.1.1,127.0.0.3', 203.0.113.7",
        "'203.0.113.7, ::ffff:10.9.1.1', 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "2001:DB8::7, 2001:db8::7",
        "'10.9.1.1, 10.9.1.2', 10.9.1.1",
        "127.0.0.9, 127.0.0.9"
    })
    @Tag("R-31")
    @Tag("R-32")
    void behindATrustedProxyTheListIsWalkedFromTheRight(String list, String address) throws Exception {
        assertAllowed(BEHIND, address, "X-Forwarded-For: " + list);
    }

    @Test
    @Tag("R-31")
    void repeatedHeadersAreOneListInTheirOrder() throws Exception {
        assertAllowed(BEHIND, "203.0.113.7", "X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 203.0.113.7, 10.9.0.1");
        assertAllowed(BEHIND, "203.0.113.7", "X-Forwarded-For: 203.0.113.7", "X-Forwarded-For: 10.9.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "203.0.113.7, nonsense",
                "203.0.113.7,",
                "203.0.113.7,,10.9.0.1",
                "203.0.113.7:8080",
                "[2001:db8::1]",
                "[2001:db8::1]:443",
                "unknown",
                "_hidden",
                "010.0.0.1",
                "203.0.113.0/24",
                "fe80::1%eth0",
                "localhost",
                ""
            })
    @Tag("R-31")
    @Tag("R-34")
    void anEntryThatIsNoAddressMakesTheCallerUnknownAndRestrictedKeysRefuse(String list) throws Exception {
        assertUnknown(BEHIND, "X-Forwarded-For: " + list);
        String open = BEHIND.tenant().secret();
        assertThat(BEHIND.anonymous()
                        .withKey(open)
                        .with("X-Forwarded-For", list)
                        .get("/keys")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Tag("R-31")
    void forwardedIsNotMixedIn() throws Exception {
        assertUnknown(BEHIND, "Forwarded: for=203.0.113.7", "X-Forwarded-For: 203.0.113.7");
        assertThat(call(BEHIND, "203.0.113.7", "Forwarded: for=203.0.113.7").status())
                .isEqualTo(403);
    }

    @Test
    void aTrustedProxyThatSaysNothingIsTheCallerItself() throws Exception {
        assertAllowed(BEHIND, "127.0.0.1");
    }

    @Test
    @Tag("R-32")
    void familiesNeverMatchAcross() throws Exception {
        assertThat(call(BARE, "::/0").status()).isEqualTo(403);
        assertThat(call(BEHIND, "0.0.0.0/0", "X-Forwarded-For: 2001:db8::1").status())
                .isEqualTo(403);
        assertThat(call(BEHIND, "::ffff:203.0.113.0/120", "X-Forwarded-For: 203.0.113.7")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRefusedAddressIs403AndOnlyForWhoProvedPossession() throws Exception {
        Answer refused = call(BARE, "192.0.2.1");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.type()).isEqualTo("/problems/forbidden");
        assertThat(refused.detail())
                .contains("address")
                .doesNotContain("192.0.2.1")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void aRefusedAddressComesBeforePathMethodScopeAndForm() {
        ApiClient far = BARE.anonymous().withKey(BARE.tenant().secretFrom("192.0.2.1"));
        assertThat(far.get("/nowhere").status()).isEqualTo(403);
        assertThat(far.send(ApiRequest.of("PATCH", "/keys")).status()).isEqualTo(403);
        assertThat(far.post("/keys", "{").status()).isEqualTo(403);
        assertThat(far.get("/keys?limit=0").status()).isEqualTo(403);
    }
}
