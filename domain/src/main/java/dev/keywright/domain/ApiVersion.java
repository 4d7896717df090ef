package dev.keywright.domain;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A dated version of the host's API. Versions order by their date.
 *
 * @param date a day of the ISO calendar, year 0 to 9999
 */
public record ApiVersion(LocalDate date) implements Comparable<ApiVersion> {

    private static final Pattern SHAPE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    public ApiVersion {
        if (date.getYear() < 0 || date.getYear() > 9999) {
            throw new InvalidValueException("An API version has a year of four digits");
        }
    }

    /**
     * Reads {@code YYYY-MM-DD}.
     *
     * @throws InvalidValueException if the text has another shape or names a day that no calendar has
     */
    public static ApiVersion parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new InvalidValueException("An API version has the form YYYY-MM-DD, for example 2024-05-22");
        }
        try {
            return new ApiVersion(LocalDate.of(
                    Integer.parseInt(text.substring(0, 4)),
                    Integer.parseInt(text.substring(5, 7)),
                    Integer.parseInt(text.substring(8))));
        } catch (DateTimeException e) {
            throw new InvalidValueException(text + " is no day of the calendar");
        }
    }

    /** Whether this version came out after the other. */
    public boolean isAfter(ApiVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return date.compareTo(other.date);
    }

    @Override
    public String toString() {
        return date.toString();
    }
}
