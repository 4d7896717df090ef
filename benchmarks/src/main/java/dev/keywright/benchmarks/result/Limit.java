package dev.keywright.benchmarks.result;

import java.util.Locale;

/** What a ratio or a figure must reach. */
public final class Limit {
    private final double value;
    private final boolean atMost;

    private Limit(double value, boolean atMost) {
        this.value = value;
        this.atMost = atMost;
    }

    /** Good up to here. */
    public static Limit atMost(double value) {
        return new Limit(value, true);
    }

    /** Good from here. */
    public static Limit atLeast(double value) {
        return new Limit(value, false);
    }

    /** Whether this is good. */
    boolean isKeptBy(double reached) {
        return atMost ? reached <= value : reached >= value;
    }

    @Override
    public String toString() {
        return (atMost ? "≤ " : "≥ ") + String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
    }
}
