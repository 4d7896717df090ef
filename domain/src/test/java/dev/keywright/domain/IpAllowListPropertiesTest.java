package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.IpAddress.Family;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A list permits what one of its ranges contains, however many there are and however they lie. R-32. */
class IpAllowListPropertiesTest {

    @Property
    void aListPermitsWhatOneOfItsRangesContains(@ForAll("crowded") List<IpRange> ranges) {
        IpAllowList list = IpAllowList.of(ranges);

        for (IpAddress address : edges(ranges)) {
            assertThat(list.permits(address))
                    .as(() -> address + " in " + ranges)
                    .isEqualTo(ranges.stream().anyMatch(range -> range.contains(address)));
        }
    }

    /** The first and the last address of each range, and their neighbours. */
    private static List<IpAddress> edges(List<IpRange> ranges) {
        List<IpAddress> edges = new ArrayList<>();
        for (IpRange range : ranges) {
            IpAddress first = range.network();
            boolean ipv4 = first.family() == Family.IPV4;
            long lastHigh = ipv4 ? 0 : first.high() | ~range.highMask();
            long lastLow = (first.low() | ~range.lowMask()) & (ipv4 ? 0xffff_ffffL : -1);
            add(edges, first.family(), first.high(), first.low());
            add(edges, first.family(), first.low() == 0 && !ipv4 ? first.high() - 1 : first.high(), first.low() - 1);
            add(edges, first.family(), lastHigh, lastLow);
            add(edges, first.family(), lastLow == -1 && !ipv4 ? lastHigh + 1 : lastHigh, lastLow + 1);
        }
        return edges;
    }

    /** Unless there is no such address: before the first, after the last, or an IPv6 address that is an IPv4 one. */
    private static void add(List<IpAddress> edges, Family family, long high, long low) {
        try {
            edges.add(new IpAddress(family, high, low));
        } catch (IllegalArgumentException none) {
            assertThat(family == Family.IPV4 || high == 0 && low >>> 32 == 0xffff)
                    .isTrue();
        }
    }

    /** Ranges near each other, so that many lie in others or touch them. */
    @Provide
    Arbitrary<List<IpRange>> crowded() {
        return range().list().ofMinSize(1).ofMaxSize(IpAllowList.MAX_ENTRIES);
    }

    private static Arbitrary<IpRange> range() {
        Arbitrary<Long> ends = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 64),
                Arbitraries.of(0x7fff_ffffL, 0x8000_0000L, 0xffff_ff00L, 0xffff_ffffL));
        Arbitrary<IpRange> ipv4 = Combinators.combine(
                        ends, Arbitraries.integers().between(0, 32))
                .as((low, bits) -> block(Family.IPV4, 0, low, bits));
        Arbitrary<Long> words = Arbitraries.oneOf(
                Arbitraries.longs().between(-3, 64), Arbitraries.of(Long.MIN_VALUE, Long.MAX_VALUE, 0xffff_0000_0000L));
        Arbitrary<IpRange> ipv6 = Combinators.combine(
                        words, words, Arbitraries.integers().between(0, 128))
                .filter((high, low, bits) -> high != 0 || low >>> 32 != 0xffff)
                .as((high, low, bits) -> block(Family.IPV6, high, low, bits));
        return Arbitraries.oneOf(ipv4, ipv6);
    }

    private static IpRange block(Family family, long high, long low, int bits) {
        long highMask = bits == 0 ? 0 : bits >= 64 ? -1 : -1L << (64 - bits);
        int lowBits = family == Family.IPV4 ? bits + 32 : bits - 64;
        long lowMask = lowBits <= 0 ? 0 : lowBits >= 64 ? -1 : -1L << (64 - lowBits);
        return new IpRange(new IpAddress(family, high & highMask, low & lowMask), bits);
    }
}
