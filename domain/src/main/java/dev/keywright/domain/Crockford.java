package dev.keywright.domain;

import java.util.Arrays;

/**
 * Douglas Crockford's base32 alphabet in lower case: digits and letters without {@code i l o u}. Only the lower-case
 * spelling is read, so that one value has one text; the alphabet ascends in ASCII, so that texts sort as their values.
 */
final class Crockford {

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final byte[] VALUES = new byte[256];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int value = 0; value < ALPHABET.length(); value++) {
            VALUES[ALPHABET.charAt(value)] = (byte) value;
        }
    }

    private Crockford() {}

    /** Returns the digit for the lowest five bits. */
    static char digit(long bits) {
        return ALPHABET.charAt((int) (bits & 31));
    }

    /** Returns 0 to 31, or -1 for a character outside the alphabet. */
    static int value(char digit) {
        return digit < VALUES.length ? VALUES[digit] : -1;
    }

    /** Returns the value of so many Latin-1 digits, twelve at most, or a negative number if one is outside the alphabet. */
    static long value(byte[] latin1, int from, int digits) {
        long value = 0;
        int wrong = 0;
        for (int at = from; at < from + digits; at++) {
            int digit = VALUES[latin1[at] & 0xff];
            wrong |= digit;
            value = value << 5 | digit;
        }
        return wrong < 0 ? -1 : value;
    }
}
