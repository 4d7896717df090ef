package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4, {@code whitelistedIPs}: one address. R-33. */
class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8::AAAA, 2001:db8::aaaa",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:0:0:0:0:0, 1::",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "0:0:3:4:5:6:0:0, ::3:4:5:6:0:0",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "::ffff:10.0.0.1, 10.0.0.1",
        "::ffff:0a00:0001, 10.0.0.1",
        "0:0:0:0:0:FFFF:255.255.255.255, 255.255.255.255",
        "::ffff:0:10.0.0.1, ::ffff:0:a00:1",
        "::fffe:10.0.0.1, ::fffe:a00:1",
        "::102:304, ::102:304",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "10.0.0.1, 10.0.0.1"
    })
    void anAddressIsPrintedInItsCanonicalForm(String text, String canonical) {
        assertThat(IpAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no address at all
                "",
                " ",
                ".",
                ":",
                "-",
                "*",
                "any",
                "null",
                "localhost",
                "example.com",
                "a.b.c.d",
                "ff",
                "0x7f000001",
                // leading zeros and other radixes
                "010.0.0.1",
                "010.1.2.3",
                "1.2.3.04",
                "00.0.0.0",
                "10.0.0.00",
                "0x0a.0.0.1",
                "0177.0.0.1",
                // short forms
                "10",
                "10.1",
                "127.1",
                "1.2.3",
                "2130706433",
                "167772161",
                "10.0.0",
                "1.2.3.4.5",
                // out of range, signs, blanks, odd digits
                "256.0.0.1",
                "1.2.3.256",
                "1.2.3.999",
                "1.2.3.1000",
                "1.2.3.4294967296",
                "+1.2.3.4",
                "1.2.3.-4",
                "1.2.3.+4",
                " 10.0.0.1",
                "10.0.0.1 ",
                "10.0.0.1\n",
                "\n10.0.0.1",
                "10.0.0.1\t",
                "10. 0.0.1",
                "10.0.0.1\u0000",
                "10.0.0.1\u00a0",
                "\u0663.0.0.1",
                "\uff11.2.3.4",
                "1\u30022.3.4",
                "1.2.3.\u0664",
                "10.0.0.1-5",
                "10.0.0.*",
                "10.0.0.1_",
                "1..2.3",
                ".1.2.3.4",
                "1.2.3.4.",
                "1.2.3.",
                "...",
                "1e1.0.0.1",
                // ports, brackets, zones, URLs
                "10.0.0.1:80",
                "[::1]",
                "[::1]:80",
                "::1]",
                "[10.0.0.1]",
                "fe80::1%eth0",
                "fe80::1%1",
                "fe80::1%",
                "::1%25lo",
                "10.0.0.1%1",
                "http://10.0.0.1",
                "//10.0.0.1",
                "user@10.0.0.1",
                "10.0.0.1,10.0.0.2",
                // IPv6 of a wrong shape
                ":::",
                "::::",
                ":::1",
                "1:::2",
                "1::2::3",
                "::1::",
                "1:",
                ":1",
                ":1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:8:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7:8::",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "::00001",
                "::10000",
                "::g",
                "::-1",
                "::+1",
                "::0x1",
                "1: :2",
                "::1 ",
                " ::1",
                "::1\n",
                "::\u0661",
                "::\uff11",
                "::\uff41",
                "2001:db8",
                "2001;db8::1",
                "2001:db8::1.",
                "::1,::2",
                // dotted tails of a wrong shape
                "::1.2.3",
                "::ffff:1.2.3",
                "::ffff:01.2.3.4",
                "::ffff:1.2.3.256",
                "::ffff:1.2.3.4:5",
                "1.2.3.4::",
                "::1.2.3.4.5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1:2:3:4:5:1.2.3.4",
                "::ffff:1.2.3.4.",
                "::ffff:.1.2.3.4",
                "1.2.3.4:5:6:7:8:9:a:b",
                "::ffff:a.2.3.4",
                "::ffff:1.2.3.4%1",
                // IPv4-compatible addresses, retired
                "::1.2.3.4",
                "::0.0.0.1",
                "0::1.2.3.4",
                "::0:1.2.3.4",
                "0:0:0:0:0:0:1.2.3.4",
                "::0000:1.2.3.4",
                // a block is no address
                "10.0.0.0/8",
                "::/0",
                "10.0.0.1/32",
                "10.0.0.1/"
            })
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1.2.3.4", "0:0:0:0:0:0:1.2.3.4"})
    void aRetiredIpv4CompatibleAddressIsRefusedWithASuggestion(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text)).hasMessageContaining("did you mean 1.2.3.4?");
    }

    @Test
    void aRefusalRepeatsNoSecretThatWasPutInTheWrongPlace() {
        KeySecret secret = KeySecret.random(new KeyPrefix("ab"), new SeededRandom(1));
        String random = secret.reveal().substring(24);

        for (String text : new String[] {secret.reveal(), "10.0.0.0/" + secret.reveal(), "::1/" + secret.reveal()}) {
            assertThat(catchThrowable(() -> IpRange.parse(text)))
                    .isInstanceOf(InvalidValueException.class)
                    .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(random.substring(0, 4)));
        }
    }

    @Test
    void aRefusalCannotForgeALineOrHideText() {
        //
        assertThatThrownBy(() -> IpAddress.parse("\u202e1\r\nINFO \"\u001b[2J"))
                .hasMessage("\"?1??INFO ??[2J\" is no IP address or CIDR block");
    }

    @Test
    void noNameIsEverLookedUp() throws IOException {
        // a thousand look-ups would take far longer; how fast the machine is must not matter
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            for (int host = 0; host < 1000; host++) {
                String name = "host" + host + ".keywright.invalid";
                assertThatThrownBy(() -> IpAddress.parse(name)).isInstanceOf(InvalidValueException.class);
            }
        });
        for (Class<?> reader : new Class<?>[] {IpAddress.class, IpText.class, IpRange.class, IpAllowList.class}) {
            try (InputStream in = reader.getResourceAsStream(reader.getSimpleName() + ".class")) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("ByName")
                        .doesNotContain("getHostName")
                        .doesNotContain("InetSocketAddress");
            }
        }
    }

    @Test
    void aLongTextIsRefusedAtOnce() {
        // a reader whose cost is the square of the length would need hours
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> {
            for (String piece : new String[] {"1", ":", ".", "1.", "1:", "::", "f", "/", "0", " "}) {
                String text = piece.repeat(1_000_000);
                assertThatThrownBy(() -> IpRange.parse(text))
                        .isInstanceOf(InvalidValueException.class)
                        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(200));
            }
        });
    }

    @Test
    void theAddressOfASocketLosesItsScopeAndItsMapping() throws UnknownHostException {
        byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, -1};

        assertThat(IpAddress.of(Inet6Address.getByAddress("", linkLocal, 3))).hasToString("fe80::1");
        assertThat(IpAddress.of(Inet6Address.getByAddress("", mapped, 3))).hasToString("10.0.0.255");
        assertThat(IpAddress.of(InetAddress.getByAddress(new byte[] {(byte) 200, 0, 0, 1})))
                .hasToString("200.0.0.1");
    }

    @Test
    void noAddressCanBeMadeThatHasTwoTexts() {
        assertThatThrownBy(() -> new IpAddress(IpAddress.Family.IPV6, 0, 0xffff_0a00_0001L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IpAddress(IpAddress.Family.IPV4, 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IpAddress(IpAddress.Family.IPV4, 0, 1L << 32))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
