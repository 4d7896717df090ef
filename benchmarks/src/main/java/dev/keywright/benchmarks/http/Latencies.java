package dev.keywright.benchmarks.http;

/** How long requests took, counted by the microsecond. */
final class Latencies {
    private static final int LONGEST_MICROS = 200_000;

    private final int[] counts = new int[LONGEST_MICROS + 1];
    private long total;

    void add(long nanos) {
        counts[(int) Math.min(LONGEST_MICROS, nanos / 1_000)]++;
        total++;
    }

    void add(Latencies others) {
        for (int micros = 0; micros < counts.length; micros++) {
            counts[micros] += others.counts[micros];
        }
        total += others.total;
    }

    long total() {
        return total;
    }

    /** The microseconds within which a part of the requests was answered. */
    int micros(double part) {
        long wanted = (long) Math.ceil(total * part);
        long seen = 0;
        for (int micros = 0; micros < counts.length; micros++) {
            seen += counts[micros];
            if (seen >= wanted) {
                return micros;
            }
        }
        return LONGEST_MICROS;
    }
}
