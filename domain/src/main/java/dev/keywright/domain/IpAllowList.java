package dev.keywright.domain;

import dev.keywright.domain.IpAddress.Family;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The addresses from which a key may be used. Order is kept, duplicates are dropped. Immutable. */
public final class IpAllowList {

    /** The most entries that a list may be given, duplicates included. */
    public static final int MAX_ENTRIES = 100;

    private static final IpAllowList ANYWHERE = new IpAllowList(List.of());

    private final List<IpRange> ranges;
    /** The ranges once more, side by side in memory: network and mask of each. */
    private final long[] ipv4;
    /** Network and mask of the high half and then of the low half of each. */
    private final long[] ipv6;

    private IpAllowList(List<IpRange> given) {
        if (given.size() > MAX_ENTRIES) {
            throw new InvalidValueException(
                    "A list of addresses has at most " + MAX_ENTRIES + " entries, not " + given.size());
        }
        this.ranges = List.copyOf(new LinkedHashSet<>(given));
        long[] four = new long[2 * ranges.size()];
        long[] six = new long[4 * ranges.size()];
        int fours = 0;
        int sixes = 0;
        for (IpRange range : ranges) {
            IpAddress network = range.network();
            if (network.family() == Family.IPV4) {
                four[fours++] = network.low();
                four[fours++] = range.lowMask();
            } else {
                six[sixes++] = network.high();
                six[sixes++] = range.highMask();
                six[sixes++] = network.low();
                six[sixes++] = range.lowMask();
            }
        }
        this.ipv4 = Arrays.copyOf(four, fours);
        this.ipv6 = Arrays.copyOf(six, sixes);
    }

    /** No restriction. */
    public static IpAllowList anywhere() {
        return ANYWHERE;
    }

    /**
     * Only these ranges; of an empty list, anywhere.
     *
     * @throws InvalidValueException if there are more than {@value #MAX_ENTRIES}
     */
    public static IpAllowList of(List<IpRange> ranges) {
        return ranges.isEmpty() ? ANYWHERE : new IpAllowList(ranges);
    }

    /** The ranges, in the order in which they were given; none means {@link #anywhere()}. */
    public List<IpRange> ranges() {
        return ranges;
    }

    /** Whether every caller is allowed, known address or not. */
    public boolean isUnrestricted() {
        return ranges.isEmpty();
    }

    /** Why a caller is kept out; empty when it is let in. An unknown address is kept out of every restricted list. */
    Optional<Denial> refusal(Optional<IpAddress> client) {
        if (isUnrestricted()) {
            return Optional.empty();
        }
        if (client.isEmpty()) {
            return Optional.of(Denial.IP_REQUIRED);
        }
        return permits(client.get()) ? Optional.empty() : Optional.of(Denial.IP_NOT_ALLOWED);
    }

    /** Whether a caller with this address is allowed. */
    public boolean permits(IpAddress client) {
        return isUnrestricted()
                || (client.family() == Family.IPV4
                        ? permitsIpv4(client.low())
                        : permitsIpv6(client.high(), client.low()));
    }

    private boolean permitsIpv4(long address) {
        for (int at = 0; at < ipv4.length; at += 2) {
            if (((address ^ ipv4[at]) & ipv4[at + 1]) == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean permitsIpv6(long high, long low) {
        for (int at = 0; at < ipv6.length; at += 4) {
            if (((high ^ ipv6[at]) & ipv6[at + 1] | (low ^ ipv6[at + 2]) & ipv6[at + 3]) == 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAllowList list && ranges.equals(list.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return isUnrestricted() ? "anywhere" : ranges.toString();
    }
}
