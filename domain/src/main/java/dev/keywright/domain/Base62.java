package dev.keywright.domain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The alphabet of the random part and the check of a secret: digits, then upper-case, then lower-case letters. */
final class Base62 {

    static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static final byte[] VALUES = new byte[256];
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long TOP_BITS = 0x80 * EACH;

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int value = 0; value < ALPHABET.length(); value++) {
            VALUES[ALPHABET.charAt(value)] = (byte) value;
        }
    }

    private Base62() {}

    /** Whether all bytes from there on, eight or more, are digits of this alphabet. Looks at eight at a time. */
    static boolean isAll(byte[] text, int from) {
        int last = text.length - Long.BYTES;
        boolean all = isEight((long) EIGHT.get(text, last));
        for (int at = from; at < last; at += Long.BYTES) {
            all &= isEight((long) EIGHT.get(text, at));
        }
        return all;
    }

    private static boolean isEight(long bytes) {
        long low = bytes & ~TOP_BITS;
        long inAlphabet =
                from('0', low) & ~from('9' + 1, low) | from('a', low | 0x20 * EACH) & ~from('z' + 1, low | 0x20 * EACH);
        return (inAlphabet & ~bytes & TOP_BITS) == TOP_BITS;
    }

    /** Sets the top bit of each byte, of which none has one, that is not less than the limit. */
    private static long from(int limit, long bytes) {
        return bytes + (0x80 - limit) * EACH;
    }

    /** The value of the digits from there on, of which there are ten at most. */
    static long value(byte[] text, int from) {
        long value = 0;
        for (int at = from; at < text.length; at++) {
            value = value * 62 + VALUES[text[at]];
        }
        return value;
    }
}
