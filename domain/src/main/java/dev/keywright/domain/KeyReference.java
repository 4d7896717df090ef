package dev.keywright.domain;

import java.security.SecureRandom;

/**
 * The public part of a secret: unique, finds the key, may stand in logs and lists, and proves nothing.
 *
 * @param value 20 lower-case Crockford base32 characters, 100 random bits
 */
public record KeyReference(String value) {

    /** The number of characters. */
    public static final int LENGTH = 20;

    public KeyReference {
        if (!isValid(value, 0, value.length())) {
            throw new InvalidValueException("A reference is 20 lower-case Crockford base32 characters");
        }
    }

    /** A new one. */
    static KeyReference random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        char[] text = new char[LENGTH];
        for (int at = 0; at < LENGTH; at++) {
            text[at] = Crockford.digit(bytes[at]);
        }
        return new KeyReference(new String(text));
    }

    static boolean isValid(String text, int from, int to) {
        if (to - from != LENGTH) {
            return false;
        }
        for (int at = from; at < to; at++) {
            if (Crockford.value(text.charAt(at)) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
