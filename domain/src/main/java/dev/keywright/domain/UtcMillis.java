package dev.keywright.domain;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Instants as the product keeps and shows them: UTC, whole milliseconds, three decimals and {@code Z} (ISO 8601). */
public final class UtcMillis {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private UtcMillis() {}

    /** The instant without what is finer than a millisecond, cut off and never rounded up. */
    public static Instant of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The text of the instant, for example {@code 2019-08-24T14:15:22.000Z}. */
    public static String text(Instant instant) {
        return FORMAT.format(instant);
    }
}
