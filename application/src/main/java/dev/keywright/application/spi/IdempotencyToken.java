package dev.keywright.application.spi;

import dev.keywright.domain.Actor;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.KeySecret;

/**
 * What a caller sends with a create and with each repetition of it. Two callers' tokens never meet.
 *
 * @param by whose token it is
 * @param value as it was sent; 1 to 255 visible ASCII characters, and no secret: it is kept
 */
public record IdempotencyToken(Actor by, String value) {

    /** The most characters that a token has. */
    public static final int MAX_LENGTH = 255;

    public IdempotencyToken {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidValueException("An Idempotency-Key has 1 to " + MAX_LENGTH + " visible ASCII characters");
        }
        if (KeySecret.isIn(value)) {
            throw new InvalidValueException("An Idempotency-Key is kept, and must not hold a secret");
        }
    }
}
