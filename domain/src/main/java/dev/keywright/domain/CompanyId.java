package dev.keywright.domain;

/**
 * The tenant that a key belongs to. It comes from the authenticated caller, never from a request.
 *
 * @param value opaque, compared to the letter; 1 to 255 Unicode code points, not blank, no NUL
 */
public record CompanyId(String value) {

    /** The most code points that a company id has. */
    public static final int MAX_LENGTH = 255;

    public CompanyId {
        Text.checkedName("A company id", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
