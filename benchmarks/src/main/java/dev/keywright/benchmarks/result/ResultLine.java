package dev.keywright.benchmarks.result;

import java.util.Locale;

/**
 * One figure, and what it is judged by: its ratio to a floor that was measured in the same run, or itself.
 *
 * @param what was measured
 * @param figure of the product, with its unit
 * @param floor what it is held against, with its unit
 * @param value what is judged
 * @param limit what that must reach
 */
public record ResultLine(String what, String figure, String floor, double value, Limit limit) {

    /** A figure held against a floor. */
    public static ResultLine ratio(String what, String unit, double figure, double floor, Limit limit) {
        return new ResultLine(what, in(unit, figure), in(unit, floor), figure / floor, limit);
    }

    /** A figure that is judged by itself. */
    public static ResultLine figure(String what, String unit, double figure, Limit limit) {
        return new ResultLine(what, in(unit, figure), "", figure, limit);
    }

    /** The row of a Markdown table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | %s | %s |",
                what,
                figure,
                floor,
                value,
                limit,
                limit.isKeptBy(value) ? "ok" : "MISSED");
    }

    private static String in(String unit, double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f %s" : "%.1f %s", value, unit);
    }
}
