package dev.keywright.domain;

/**
 * The owner of a key inside a company.
 *
 * @param value an opaque name of the host's own, compared to the letter; 1 to 255 Unicode code points, not blank, no NUL
 */
public record UserId(String value) {

    /** The most code points that a user id has. */
    public static final int MAX_LENGTH = 255;

    public UserId {
        Text.checkedName("A user id", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
