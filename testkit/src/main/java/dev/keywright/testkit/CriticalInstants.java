package dev.keywright.testkit;

import java.time.Instant;
import java.util.List;

/** Instants at which stores have been seen to err: ends of ranges, rounding, and local times that are missing or come twice. */
final class CriticalInstants {

    private static final List<Instant> ALL = List.of(
                    "1970-01-01T00:00:00.000Z",
                    "1970-01-01T00:00:00.001Z",
                    "1999-12-31T23:59:59.999Z",
                    "2000-02-29T12:00:00.000Z",
                    "2026-05-22T10:15:30.100Z",
                    "2026-05-22T10:15:30.999Z",
                    // Berlin: the hour that is missing in spring, the hour that comes twice in autumn
                    "2026-03-29T00:59:59.999Z",
                    "2026-03-29T01:00:00.000Z",
                    "2026-03-29T01:30:00.000Z",
                    "2026-10-25T00:30:00.000Z",
                    "2026-10-25T01:00:00.000Z",
                    "2026-10-25T01:30:00.000Z",
                    // New York
                    "2026-03-08T07:00:00.000Z",
                    "2026-11-01T05:30:00.000Z",
                    "2026-11-01T06:30:00.000Z",
                    // Apia: the whole day that was left out
                    "2011-12-30T09:59:59.999Z",
                    "2011-12-30T10:00:00.000Z",
                    // the ends of 32 bits of seconds
                    "2038-01-19T03:14:07.999Z",
                    "2038-01-19T03:14:08.000Z",
                    "2106-02-07T06:28:16.000Z",
                    // the first bit of a 64-bit id
                    "6429-10-17T02:45:55.327Z",
                    "6429-10-17T02:45:55.328Z",
                    "9999-12-31T12:00:00.000Z",
                    "9999-12-31T23:59:59.999Z")
            .stream()
            .map(Instant::parse)
            .toList();

    private CriticalInstants() {}

    static List<Instant> all() {
        return ALL;
    }
}
