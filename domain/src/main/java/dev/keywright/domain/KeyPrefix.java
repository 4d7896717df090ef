package dev.keywright.domain;

import java.nio.charset.StandardCharsets;

/**
 * The first part of every secret, by which people and scanners know whose it is.
 *
 * @param value {@code [a-z][a-z0-9]*} parts joined by {@code _}, 2 to 24 characters
 */
public record KeyPrefix(String value) {

    private static final int MIN_LENGTH = 2;
    private static final int MAX_LENGTH = 24;

    /** The prefix of a deployment that sets none. */
    public static final KeyPrefix DEFAULT = new KeyPrefix("kw");

    public KeyPrefix {
        if (!isValid(value.getBytes(StandardCharsets.ISO_8859_1), value.length())) {
            throw new InvalidValueException("A key prefix is made of parts like `abc1` joined by `_`,"
                    + " each beginning with a lower-case letter, 2 to 24 characters in all");
        }
    }

    /** Whether the Latin-1 text up to there is a prefix. Asked at every verification, so no regular expression is used. */
    static boolean isValid(byte[] text, int end) {
        boolean starts = true;
        for (int at = 0; at < end; at++) {
            byte c = text[at];
            boolean letter = c >= 'a' && c <= 'z';
            if (starts ? !letter : !letter && c != '_' && (c < '0' || c > '9')) {
                return false;
            }
            starts = c == '_';
        }
        return !starts && end >= MIN_LENGTH && end <= MAX_LENGTH;
    }

    @Override
    public String toString() {
        return value;
    }
}
