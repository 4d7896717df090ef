package dev.keywright.benchmarks;

import java.util.Locale;

/**
 * What a ratio must reach.
 *
 * @param value the last ratio that is good
 * @param atMost whether smaller ones are good; otherwise greater ones are
 */
public record Limit(double value, boolean atMost) {

    /** Good up to here. */
    public static Limit atMost(double value) {
        return new Limit(value, true);
    }

    /** Good from here. */
    public static Limit atLeast(double value) {
        return new Limit(value, false);
    }

    boolean isKeptBy(double ratio) {
        return atMost ? ratio <= value : ratio >= value;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.2f", atMost ? "≤" : "≥", value);
    }
}
