package dev.keywright.benchmarks;

import java.util.Locale;

/**
 * One figure beside its floor.
 *
 * @param what was measured
 * @param figure of the product, with its unit
 * @param floor what it is held against, with its unit
 * @param ratio of the two
 * @param limit what the ratio must reach
 */
public record ResultLine(String what, String figure, String floor, double ratio, Limit limit) {

    /** The row of a Markdown table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | %s | %s |",
                what,
                figure,
                floor,
                ratio,
                limit,
                limit.isKeptBy(ratio) ? "ok" : "MISSED");
    }

    /** A figure with its unit. */
    public static String in(String unit, double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.3f %s" : "%.1f %s", value, unit);
    }
}
