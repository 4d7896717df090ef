package dev.keywright.domain;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The public part of a secret: unique, finds the key, may stand in logs and lists, and proves nothing. References order by
 * their unsigned value, which is the order of their texts.
 *
 * @param high the first 36 of 100 random bits
 * @param low the other 64
 */
public record KeyReference(long high, long low) implements Comparable<KeyReference> {

    /** The number of characters of its text. */
    public static final int LENGTH = 20;

    private static final int HIGH_BITS = 36;

    public KeyReference {
        if (high >>> HIGH_BITS != 0) {
            throw new IllegalArgumentException("a reference has 100 bits");
        }
    }

    /**
     * Reads a reference.
     *
     * @param text 20 lower-case Crockford base32 characters
     * @throws InvalidValueException if the text is anything else
     */
    public static KeyReference parse(String text) {
        KeyReference reference = text.length() == LENGTH ? read(text.getBytes(StandardCharsets.ISO_8859_1), 0) : null;
        if (reference == null) {
            throw new InvalidValueException("A reference is 20 lower-case Crockford base32 characters");
        }
        return reference;
    }

    /** A new one. */
    static KeyReference random(SecureRandom random) {
        return new KeyReference(random.nextLong() >>> (Long.SIZE - HIGH_BITS), random.nextLong());
    }

    /**
     * The reference whose text stands there, of Latin-1 characters; null if none does.
     *
     * @param from where it begins; it ends before the end of the text
     */
    static @Nullable KeyReference read(byte[] text, int from) {
        long first = Crockford.value(text, from, 8);
        long middle = Crockford.value(text, from + 8, 8);
        long last = Crockford.value(text, from + 16, 4);
        return (first | middle | last) < 0 ? null : new KeyReference(first >>> 4, first << 60 | middle << 20 | last);
    }

    /** Its text: 20 lower-case Crockford base32 characters. */
    public String value() {
        char[] text = new char[LENGTH];
        long restHigh = high;
        long restLow = low;
        for (int at = LENGTH - 1; at >= 0; at--) {
            text[at] = Crockford.digit(restLow);
            restLow = restLow >>> 5 | restHigh << 59;
            restHigh >>>= 5;
        }
        return new String(text);
    }

    @Override
    public int compareTo(KeyReference other) {
        int byHigh = Long.compare(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return value();
    }
}
