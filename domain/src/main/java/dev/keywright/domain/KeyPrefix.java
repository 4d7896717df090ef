package dev.keywright.domain;

import java.util.regex.Pattern;

/**
 * The first part of every secret, by which people and scanners know whose it is.
 *
 * @param value {@code [a-z][a-z0-9]*} parts joined by {@code _}, 2 to 24 characters
 */
public record KeyPrefix(String value) {

    /** Stands before the constant, which is checked with it. */
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z][a-z0-9]*)*");

    /** The prefix of a deployment that sets none. */
    public static final KeyPrefix DEFAULT = new KeyPrefix("kw");

    public KeyPrefix {
        if (!isValid(value)) {
            throw new InvalidValueException("A key prefix is made of parts like `abc1` joined by `_`,"
                    + " each beginning with a lower-case letter, 2 to 24 characters in all");
        }
    }

    static boolean isValid(String text) {
        return text.length() >= 2 && text.length() <= 24 && SHAPE.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
