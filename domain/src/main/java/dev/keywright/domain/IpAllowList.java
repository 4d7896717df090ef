package dev.keywright.domain;

import dev.keywright.domain.IpAddress.Family;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The addresses from which a key may be used. Order is kept, duplicates are dropped. Immutable. */
public final class IpAllowList {

    /** The most entries that a list may be given, duplicates included. */
    public static final int MAX_ENTRIES = 100;

    private static final IpAllowList ANYWHERE = new IpAllowList(List.of());

    private final List<IpRange> ranges;
    private final boolean unrestricted;
    private final int[] ipv4;
    private final long[] ipv6;

    private IpAllowList(List<IpRange> given) {
        if (given.size() > MAX_ENTRIES) {
            throw new InvalidValueException(
                    "A list of addresses has at most " + MAX_ENTRIES + " entries, not " + given.size());
        }
        this.ranges = List.copyOf(new LinkedHashSet<>(given));
        this.unrestricted = ranges.isEmpty();
        this.ipv4 = IpIntervals.ipv4(ranges);
        this.ipv6 = IpIntervals.ipv6(ranges);
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
        return unrestricted;
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
        return unrestricted
                || (client.family() == Family.IPV4
                        ? IpIntervals.contain(ipv4, (int) client.low())
                        : IpIntervals.contain(ipv6, client.high(), client.low()));
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
