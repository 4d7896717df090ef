package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.IpAddress;
import dev.keywright.domain.IpRange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R-31")
@Tag("R-32")
class ClientAddressTest {
    private final ClientAddress addresses = new ClientAddress(
            List.of(IpRange.parse("192.0.2.0/24"), IpRange.parse("2001:db8:1::/48"), IpRange.parse("10.9.9.9")));

    private Optional<String> client(String peer, String... forwardedFor) {
        return addresses
                .of(Optional.of(IpAddress.parse(peer)), List.of(forwardedFor), false)
                .map(IpAddress::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "127.0.0.1", "rubbish", ""})
    void aPeerThatIsNoTrustedProxyIsTheClientWhateverItSays(String forged) {
        assertThat(client("198.51.100.7", forged)).contains("198.51.100.7");
    }

    @Test
    void aTrustedProxyThatForwardsForNobodyIsTheClientItself() {
        assertThat(client("192.0.2.1")).contains("192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one hop                          | 203.0.113.5                        | 203.0.113.5",
                "the client forges in front       | 1.1.1.1, 203.0.113.5               | 203.0.113.5",
                "the client forges a proxy        | 1.1.1.1, 192.0.2.7, 203.0.113.5    | 203.0.113.5",
                "two proxies in a row             | 203.0.113.5, 192.0.2.7             | 203.0.113.5",
                "proxies of both families         | 203.0.113.5, 2001:db8:1::5         | 203.0.113.5",
                "a proxy after the client's proxy | 203.0.113.5, 198.51.100.1, 10.9.9.9 | 198.51.100.1",
                "only trusted hops                | 192.0.2.9, 192.0.2.8               | 192.0.2.9",
                "blanks and tabs                  | 1.1.1.1 ,\t 203.0.113.5 \t         | 203.0.113.5",
                "an IPv6 client                   | 2001:DB8::0:1                      | 2001:db8::1",
                "a mapped client                  | ::ffff:203.0.113.5                 | 203.0.113.5",
                "a mapped proxy                   | 203.0.113.5, ::ffff:192.0.2.3      | 203.0.113.5",
                "rubbish left of the client       | rubbish, 203.0.113.5               | 203.0.113.5",
            })
    void theRightMostUntrustedHopIsTheClient(String about, String chain, String expected) {
        assertThat(client("192.0.2.1", chain)).as(about).contains(expected);
    }

    @Test
    void severalHeadersAreOneChain() {
        assertThat(client("192.0.2.1", "203.0.113.5", "198.51.100.1, 192.0.2.7"))
                .contains("198.51.100.1");
    }

    @Test
    void aMappedPeerIsTheProxyThatItMaps() {
        assertThat(client("::ffff:192.0.2.1", "203.0.113.5")).contains("203.0.113.5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "203.0.113.5,",
                "203.0.113.5, rubbish",
                "203.0.113.5:8080",
                "[2001:db8::1]",
                "[2001:db8::1]:80",
                "unknown",
                "_hidden",
                "203.0.113.05",
                "203.0.113.5/32",
                "fe80::1%eth0",
                "203.0.113.5;192.0.2.1",
                "203.0.113.5, , 192.0.2.1",
                "localhost"
            })
    void aMalformedHopLeavesTheClientUnknown(String chain) {
        assertThat(client("192.0.2.1", chain)).isEmpty();
    }

    @Test
    void aForwardedHeaderFromATrustedProxyLeavesTheClientUnknown() {
        Optional<IpAddress> proxy = Optional.of(IpAddress.parse("192.0.2.1"));

        assertThat(addresses.of(proxy, List.of("203.0.113.5"), true)).isEmpty();
        assertThat(addresses.of(proxy, List.of(), true)).isEmpty();
    }

    @Test
    void aForwardedHeaderFromAStrangerCountsForNothing() {
        Optional<IpAddress> stranger = Optional.of(IpAddress.parse("198.51.100.7"));

        assertThat(addresses.of(stranger, List.of(), true)).isEqualTo(stranger);
    }

    @Test
    void anUnknownPeerStaysUnknown() {
        assertThat(addresses.of(Optional.empty(), List.of("203.0.113.5"), false))
                .isEmpty();
    }
}
