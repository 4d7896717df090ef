package dev.keywright.domain;

import java.util.Objects;

/**
 * Says that a text or number from outside cannot be the value it was meant to be.
 *
 * <p>The message is one sentence for the person who sent it: it names what is wrong and, where there is one, the nearest
 * right spelling. It never repeats a secret.
 */
public final class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong, safe to show to whoever sent the value
     */
    public InvalidValueException(String message) {
        super(message);
    }

    /** The sentence; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
