package dev.keywright.domain;

import java.util.regex.Pattern;

/**
 * A right that a key can hold. Keywright gives a meaning to three; the others are the host's own.
 *
 * @param value {@code [a-z][a-z0-9:._-]{0,63}}
 */
public record Scope(String value) implements Comparable<Scope> {

    /** Stands before the constants, which are checked with it. */
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9:._-]{0,63}");

    /** List and read keys. */
    public static final Scope KEYS_READ = new Scope("keys:read");

    /** Create, change and delete keys. */
    public static final Scope KEYS_WRITE = new Scope("keys:write");

    /** Ask whether a presented secret is good. */
    public static final Scope KEYS_VERIFY = new Scope("keys:verify");

    public Scope {
        if (!SHAPE.matcher(value).matches()) {
            throw new InvalidValueException("A scope is a lower-case letter and up to 63 of a-z 0-9 : . _ -");
        }
    }

    @Override
    public int compareTo(Scope other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
