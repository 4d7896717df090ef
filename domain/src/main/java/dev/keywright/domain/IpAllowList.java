package dev.keywright.domain;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The addresses from which a key may be used. Order is kept, duplicates are dropped.
 *
 * @param ranges at most 100; none means {@link #anywhere()}
 */
public record IpAllowList(List<IpRange> ranges) {

    /** The most entries that a list may be given, duplicates included. */
    public static final int MAX_ENTRIES = 100;

    private static final IpAllowList ANYWHERE = new IpAllowList(List.of());

    public IpAllowList {
        if (ranges.size() > MAX_ENTRIES) {
            throw new InvalidValueException(
                    "A list of addresses has at most " + MAX_ENTRIES + " entries, not " + ranges.size());
        }
        ranges = List.copyOf(new LinkedHashSet<>(ranges));
    }

    /** No restriction. */
    public static IpAllowList anywhere() {
        return ANYWHERE;
    }

    /** Only these ranges; of an empty list, anywhere. */
    public static IpAllowList of(List<IpRange> ranges) {
        return ranges.isEmpty() ? ANYWHERE : new IpAllowList(ranges);
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
        if (isUnrestricted()) {
            return true;
        }
        for (IpRange range : ranges) {
            if (range.contains(client)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return isUnrestricted() ? "anywhere" : ranges.toString();
    }
}
