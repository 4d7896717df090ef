package dev.keywright.domain;

/**
 * Who asked for a change, as it stands in a key's events: {@code key:key_…}, {@code oauth2:alice}, {@code host},
 * {@code command-line}. Never a secret.
 *
 * @param value 1 to 300 Unicode code points, not blank, no NUL
 */
public record Actor(String value) {

    /** The most code points that an actor has: a kind, a colon and a user id. */
    public static final int MAX_LENGTH = 300;

    public Actor {
        Text.checkedName("An actor", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
