package dev.keywright.benchmarks.verify;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Where the parts of a presented secret with the prefix {@code kw} are: {@code kw_} reference {@code _} random, check. */
final class Texts {
    static final int REFERENCE_START = 3;
    static final int REFERENCE_END = REFERENCE_START + 20;
    static final int CHECK_LENGTH = 6;

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Texts() {}

    static String reference(String presented) {
        return presented.substring(REFERENCE_START, REFERENCE_END);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The text followed by its check. */
    static String checked(String text) {
        CRC32 crc = new CRC32();
        crc.update(ascii(text));
        StringBuilder check = new StringBuilder();
        long rest = crc.getValue();
        for (int digit = 0; digit < CHECK_LENGTH; digit++) {
            check.insert(0, BASE62.charAt((int) (rest % BASE62.length())));
            rest /= BASE62.length();
        }
        return text + check;
    }

    /** The secret with another last character. */
    static String withWrongCheck(String presented) {
        int last = presented.length() - 1;
        return presented.substring(0, last) + (presented.charAt(last) == '0' ? '1' : '0');
    }

    /** A text of the same length that no secret can look like: one character of its reference is none of a reference. */
    static String malformed(String presented) {
        return presented.substring(0, REFERENCE_END - 1) + "U" + presented.substring(REFERENCE_END);
    }
}
