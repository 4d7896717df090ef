package dev.keywright.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * When a key ends by itself.
 *
 * @param at the first instant at which the key is no longer good, in whole milliseconds up to the year 9999; empty for
 *     never
 */
public record Expiry(Optional<Instant> at) {

    private static final Expiry NEVER = new Expiry(Optional.empty());
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    public Expiry {
        at = at.map(UtcMillis::of);
        if (at.isPresent() && (at.get().isAfter(LAST) || at.get().isBefore(Instant.EPOCH))) {
            throw new InvalidValueException("An expiry lies between the years 1970 and 9999");
        }
    }

    /** The key stays good until somebody ends it. */
    public static Expiry never() {
        return NEVER;
    }

    /** The key is good before this instant. */
    public static Expiry at(Instant at) {
        return new Expiry(Optional.of(at));
    }

    /** Whether the key has ended at that time; at the very instant it has. */
    public boolean hasPassed(Instant now) {
        return at.isPresent() && !now.isBefore(at.get());
    }

    @Override
    public String toString() {
        return at.map(UtcMillis::text).orElse("never");
    }
}
