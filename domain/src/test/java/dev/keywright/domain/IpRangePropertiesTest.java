package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keywright.domain.IpAddress.Family;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Contract section 4, {@code whitelistedIPs}: blocks.. */
class IpRangePropertiesTest {

    private static final Pattern SUGGESTION = Pattern.compile("did you mean (\\S+)\\?$");

    @Property
    void whatIsPrintedReadsBack(@ForAll("ranges") IpRange range) {
        assertThat(IpRange.parse(range.toString())).isEqualTo(range);
    }

    @Property
    void aTextIsRefusedOrPrintsAsTheOneCanonicalForm(@ForAll("nearly") String text) {
        read(text).ifPresent(range -> {
            String canonical = range.toString();
            assertThat(IpRange.parse(canonical)).isEqualTo(range);
            assertThat(IpRange.parse(canonical)).hasToString(canonical);
        });
    }

    @Property
    void aRangeContainsWhatSharesItsLeadingBits(@ForAll("rangesAndAddresses") Tuple2<IpRange, IpAddress> pair) {
        IpRange range = pair.get1();
        IpAddress address = pair.get2();

        assertThat(range.contains(address)).isEqualTo(sharesBits(range, address));
    }

    @Property
    void theIpAddressLibraryAgreesOnWhatIsContained(@ForAll("rangesAndAddresses") Tuple2<IpRange, IpAddress> pair) {
        IPAddress network = new IPAddressString(pair.get1().network().toString()).getAddress();
        IPAddress address = new IPAddressString(pair.get2().toString()).getAddress();

        assertThat(pair.get1().contains(pair.get2()))
                .isEqualTo(network.toPrefixBlock(pair.get1().prefixLength()).contains(address));
    }

    @Property
    void theFamiliesNeverMatch(@ForAll("ipv4") IpAddress ipv4, @ForAll("ipv6") IpAddress ipv6) {
        assertThat(IpRange.parse("::/0").contains(ipv4)).isFalse();
        assertThat(IpRange.parse("0.0.0.0/0").contains(ipv6)).isFalse();
        assertThat(IpRange.parse(ipv6.toString()).contains(ipv4)).isFalse();
        assertThat(IpRange.parse(ipv4.toString()).contains(ipv6)).isFalse();
    }

    @Property
    void aBlockOfFullLengthIsTheAddress(@ForAll("addresses") IpAddress address) {
        IpRange block = IpRange.parse(address + "/" + address.family().bits());

        assertThat(block).isEqualTo(IpRange.parse(address.toString()));
        assertThat(block).hasToString(address.toString());
    }

    @Property
    void aBlockOfMappedAddressesIsTheBlockTheyMap(@ForAll("ipv4Ranges") IpRange range) {
        long bits = range.network().low();
        String hex = Long.toHexString(bits >>> 16) + ":" + Long.toHexString(bits & 0xffff);
        String length = "/" + (96 + range.prefixLength());

        assertThat(IpRange.parse("::ffff:" + range.network() + length)).isEqualTo(range);
        assertThat(IpRange.parse("::ffff:" + hex + length)).isEqualTo(range);
        assertThat(IpRange.parse("0000:0:0:0:0:FFFF:" + hex + length)).isEqualTo(range);
    }

    @Property
    void aBlockWithHostBitsIsAnErrorThatSuggestsTheBlock(
            @ForAll("addressesAndLengths") Tuple2<IpAddress, Integer> pair) {
        IpAddress address = pair.get1();
        String text = address + "/" + pair.get2();
        Throwable refused = catchThrowable(() -> IpRange.parse(text));

        if (refused == null) {
            assertThat(sharesBits(IpRange.parse(text), address)).isTrue();
            assertThat(bits(address).getLowestSetBit() == -1
                            || bits(address).getLowestSetBit()
                                    >= address.family().bits() - pair.get2())
                    .isTrue();
        } else {
            IpRange suggested = suggestion(refused);
            assertThat(refused).isInstanceOf(InvalidValueException.class).hasMessageContaining(text);
            assertThat(suggested.prefixLength()).isEqualTo(pair.get2());
            assertThat(suggested.contains(address)).isTrue();
        }
    }

    @Property
    void aMappedBlockWithHostBitsSuggestsTheBlockItMaps(
            @ForAll("ipv4") IpAddress address, @ForAll("mappedLengths") int length) {
        Throwable refused = catchThrowable(() -> IpRange.parse("::ffff:" + address + "/" + length));

        if (refused != null) {
            assertThat(suggestion(refused).contains(address)).isTrue();
        }
    }

    private static IpRange suggestion(Throwable refused) {
        Matcher found = SUGGESTION.matcher(refused.getMessage());
        assertThat(found.find()).as(refused.getMessage()).isTrue();
        IpRange suggested = IpRange.parse(found.group(1));
        assertThat(suggested).hasToString(found.group(1));
        return suggested;
    }

    private static boolean sharesBits(IpRange range, IpAddress address) {
        if (range.network().family() != address.family()) {
            return false;
        }
        int bits = address.family().bits();
        for (int at = 1; at <= range.prefixLength(); at++) {
            if (bits(address).testBit(bits - at) != bits(range.network()).testBit(bits - at)) {
                return false;
            }
        }
        return true;
    }

    private static BigInteger bits(IpAddress address) {
        return new BigInteger(Long.toUnsignedString(address.high()))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(address.low())));
    }

    private static IpAddress address(Family family, BigInteger bits) {
        return family == Family.IPV4
                ? IpAddress.ofIpv4(bits.longValue())
                : IpAddress.ofIpv6(bits.shiftRight(64).longValue(), bits.longValue());
    }

    private static IpRange range(IpAddress address, int length) {
        int hostBits = address.family().bits() - length;
        BigInteger network = bits(address).shiftRight(hostBits).shiftLeft(hostBits);
        return new IpRange(address(address.family(), network), length);
    }

    private static Optional<IpRange> read(String text) {
        try {
            return Optional.of(IpRange.parse(text));
        } catch (InvalidValueException refused) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<Tuple2<IpAddress, Integer>> addressesAndLengths() {
        return IpTexts.addresses()
                .flatMap(address -> Arbitraries.integers()
                        .between(0, address.family().bits())
                        .map(length -> Tuple.of(address, length)));
    }

    @Provide
    Arbitrary<IpRange> ranges() {
        return addressesAndLengths().map(pair -> range(pair.get1(), pair.get2()));
    }

    @Provide
    Arbitrary<IpRange> ipv4Ranges() {
        return Combinators.combine(IpTexts.ipv4(), Arbitraries.integers().between(0, 32))
                .as(IpRangePropertiesTest::range);
    }

    /** An address beside a range: any, the network, or the network with one bit turned over. */
    @Provide
    Arbitrary<Tuple2<IpRange, IpAddress>> rangesAndAddresses() {
        return ranges().flatMap(range -> {
            Family family = range.network().family();
            Arbitrary<IpAddress> near = Arbitraries.integers()
                    .between(0, family.bits() - 1)
                    .map(bit -> address(family, bits(range.network()).flipBit(bit)));
            return Arbitraries.oneOf(IpTexts.addresses(), near, near, Arbitraries.just(range.network()))
                    .map(address -> Tuple.of(range, address));
        });
    }

    @Provide
    Arbitrary<Integer> mappedLengths() {
        return Arbitraries.integers().between(0, 128);
    }

    @Provide
    Arbitrary<IpAddress> addresses() {
        return IpTexts.addresses();
    }

    @Provide
    Arbitrary<IpAddress> ipv4() {
        return IpTexts.ipv4();
    }

    @Provide
    Arbitrary<IpAddress> ipv6() {
        return IpTexts.ipv6();
    }

    @Provide
    Arbitrary<String> nearly() {
        return IpTexts.nearly();
    }
}
