package dev.keywright.domain;

/**
 * What a key is for, in its owner's words. Kept to the letter: no trimming, no normalisation.
 *
 * @param value 1 to 200 Unicode code points, well formed, no NUL
 */
public record Description(String value) {

    /** The most code points that a description has. */
    public static final int MAX_LENGTH = 200;

    public Description {
        Text.checked("A description", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
