package dev.keywright.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Addresses and the many ways to write them. */
final class IpTexts {

    private static final String NEARLY = "00112389aFfg:::...// %-+[]*x\n\t\u0663\uff11";

    private IpTexts() {}

    static Arbitrary<IpAddress> ipv4() {
        return Arbitraries.longs().between(0, 0xffff_ffffL).map(IpAddress::ofIpv4);
    }

    static Arbitrary<IpAddress> ipv6() {
        return groups().map(IpTexts::address).filter(address -> address.family() == IpAddress.Family.IPV6);
    }

    static Arbitrary<IpAddress> addresses() {
        return Arbitraries.oneOf(ipv4(), ipv6());
    }

    /** Eight groups, about half of them zero. */
    static Arbitrary<int[]> groups() {
        Arbitrary<Integer> group = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.of(1, 0xf, 0x10, 0xff, 0x100, 0xfff, 0x1000, 0xffff)),
                Tuple.of(3, Arbitraries.integers().between(0, 0xffff).withoutEdgeCases()));
        Arbitrary<int[]> any = group.array(Integer[].class)
                .ofSize(8)
                .map(all -> Arrays.stream(all).mapToInt(Integer::intValue).toArray());
        Arbitrary<int[]> mapped = any.map(all -> new int[] {0, 0, 0, 0, 0, 0xffff, all[6], all[7]});
        return Arbitraries.frequencyOf(Tuple.of(9, any), Tuple.of(1, mapped));
    }

    static IpAddress address(int[] groups) {
        long high = 0;
        long low = 0;
        for (int at = 0; at < 4; at++) {
            high = high << 16 | groups[at];
            low = low << 16 | groups[at + 4];
        }
        return IpAddress.ofIpv6(high, low);
    }

    /** One of the texts that RFC 4291 section 2.2 allows for these groups. */
    static Arbitrary<String> spellings(int[] groups) {
        Arbitrary<String> plain = Combinators.combine(
                        Arbitraries.of(true, false).list().ofSize(8),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(1, 8))
                .as((padded, dotted, from, length) -> spelling(groups, padded, dotted, from, from + length));
        return Combinators.combine(plain, Arbitraries.of(true, false))
                .as((text, upper) -> upper ? text.toUpperCase(Locale.ROOT) : text);
    }

    private static String spelling(int[] groups, List<Boolean> padded, boolean dotted, int gapFrom, int gapTo) {
        boolean isCompatible = Arrays.stream(groups, 0, 6).allMatch(group -> group == 0);
        boolean tail = dotted && !isCompatible;
        int last = tail ? 6 : 8;
        int to = Math.min(gapTo, last);
        boolean gap = gapFrom < to && Arrays.stream(groups, gapFrom, to).allMatch(group -> group == 0);
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < last; at++) {
            if (gap && at == gapFrom) {
                text.append("::");
                at = to - 1;
            } else {
                text.append(text.isEmpty() || text.toString().endsWith("::") ? "" : ":")
                        .append(String.format(padded.get(at) ? "%04x" : "%x", groups[at]));
            }
        }
        if (tail) {
            text.append(text.toString().endsWith("::") ? "" : ":")
                    .append(groups[6] >> 8)
                    .append('.')
                    .append(groups[6] & 255)
                    .append('.')
                    .append(groups[7] >> 8)
                    .append('.')
                    .append(groups[7] & 255);
        }
        return text.toString();
    }

    /** Texts that look like addresses or blocks, most of them wrong in one place. */
    static Arbitrary<String> nearly() {
        Arbitrary<Character> chars =
                Arbitraries.of(NEARLY.chars().mapToObj(c -> (char) c).toList());
        Arbitrary<String> right =
                Arbitraries.oneOf(ipv4().map(IpAddress::toString), groups().flatMap(IpTexts::spellings));
        Arbitrary<String> block = Combinators.combine(
                        right, Arbitraries.integers().between(0, 140))
                .as((address, bits) -> address + "/" + bits);
        Arbitrary<String> damaged = Combinators.combine(
                        Arbitraries.oneOf(right, block),
                        Arbitraries.integers().between(0, 45),
                        Arbitraries.integers().between(0, 2),
                        chars)
                .as((text, place, removed, c) -> {
                    int at = Math.min(place, text.length());
                    int end = Math.min(at + removed, text.length());
                    return text.substring(0, at) + (removed == 2 ? "" : c) + text.substring(end);
                });
        Arbitrary<String> random = chars.list()
                .ofMaxSize(20)
                .map(all -> all.stream().map(String::valueOf).reduce("", String::concat));
        return Arbitraries.oneOf(right, block, damaged, random);
    }
}
