package dev.keywright.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A use of a key: a verification that granted it.
 *
 * @param at when, to the millisecond
 * @param from the caller's address, where it was known
 */
public record KeyUse(Instant at, Optional<IpAddress> from) {

    public KeyUse {
        at = UtcMillis.of(at);
    }
}
