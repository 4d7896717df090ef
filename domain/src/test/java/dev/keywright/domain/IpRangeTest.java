package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4, {@code whitelistedIPs}: blocks. R-33. */
class IpRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "0.0.0.0/0, 0.0.0.0/0",
        "10.0.0.1/32, 10.0.0.1",
        "10.0.0.1, 10.0.0.1",
        "::/0, ::/0",
        "2001:DB8:0:0::/32, 2001:db8::/32",
        "2001:db8::1/128, 2001:db8::1",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:0:0/96, 0.0.0.0/0",
        "::ffff:10.0.0.1/128, 10.0.0.1",
        "::fffe:0:0/95, ::fffe:0:0/95"
    })
    void aBlockIsPrintedInItsCanonicalForm(String text, String canonical) {
        assertThat(IpRange.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/8",
                "/",
                "10.0.0.0/",
                "10.0.0.0//8",
                "10.0.0.0/8/8",
                "10.0.0.0/+8",
                "10.0.0.0/-8",
                "10.0.0.0/ 8",
                "10.0.0.0 /8",
                "10.0.0.0/8 ",
                "10.0.0.0/8\n",
                " 10.0.0.0/8",
                "10.0.0.0/08",
                "10.0.0.0/008",
                "10.0.0.0/33",
                "10.0.0.0/128",
                "10.0.0.0/4294967304",
                "10.0.0.0/99999999999999999999",
                "10.0.0.0/8a",
                "10.0.0.0/0x8",
                "10.0.0.0/\u0668",
                "10.0.0.0/\uff18",
                "10.0.0.0/255.0.0.0",
                "10/8",
                "10.0/16",
                "10.0.0/24",
                "010.0.0.0/8",
                "::/129",
                "::/00",
                "::/",
                "::/-0",
                "2001:db8::/3 2",
                "fe80::%1/64",
                "fe80::/64%1",
                "[::]/0",
                "[::/0]",
                "10.0.0.0/8,10.0.0.0/9",
                "10.0.0.0-10.255.255.255",
                "10.0.0.0\\8",
                "10.0.0.0\u22158",
                "localhost/8",
                "example.com/24",
                "::1.2.3.0/120",
                "/24/24",
                "1.2.3.4/24/24",
                "::ffff:10.0.0.0/129",
                "8/10.0.0.0"
            })
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> IpRange.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1/8, 10.0.0.0/8",
        "10.0.0.1/0, 0.0.0.0/0",
        "10.0.0.255/31, 10.0.0.254/31",
        "2001:db8::1/32, 2001:db8::/32",
        "2001:db8:1111:2222:3333:4444:5555:6666/64, 2001:db8:1111:2222::/64",
        "::1/0, ::/0",
        "::ffff:10.0.0.1/104, 10.0.0.0/8"
    })
    void hostBitsAreAnErrorThatSuggestsTheBlock(String text, String suggestion) {
        assertThatThrownBy(() -> IpRange.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("\"" + text + "\" has host bits set; did you mean " + suggestion + "?");
    }

    @ParameterizedTest
    @CsvSource({"::ffff:10.0.0.0/8, 10.0.0.0/8", "::ffff:10.0.0.1/95, 10.0.0.1"})
    void aMappedBlockThatIsNoIpv4BlockIsAnErrorThatSuggestsOne(String text, String suggestion) {
        assertThatThrownBy(() -> IpRange.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageEndingWith("did you mean " + suggestion + "?");
    }

    @Test
    void theWholeTextIsQuotedWhenItsAddressIsNone() {
        assertThatThrownBy(() -> IpRange.parse("/8")).hasMessage("\"/8\" is no IP address or CIDR block");
    }

    @Test
    void aLengthOutOfRangeIsNamedWithItsLimit() {
        assertThatThrownBy(() -> IpRange.parse("10.0.0.0/33"))
                .hasMessage("\"10.0.0.0/33\" has no prefix length from 0 to 32 after the slash");
    }

    @Test
    void noRangeCanBeMadeThatHasHostBitsOrTooLongAPrefix() {
        IpAddress address = IpAddress.parse("10.0.0.1");

        assertThatThrownBy(() -> new IpRange(address, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IpRange(address, 33)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IpRange(address, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
