package dev.keywright.bootstrap;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells people how far a long work is: as a bar that is drawn over itself on a terminal, in a line every few seconds elsewhere.
 */
final class Progress {

    /** How it is told. */
    enum Style {
        /** Not at all. */
        NONE(Duration.ZERO),
        /** In lines. */
        LINES(Duration.ofSeconds(5)),
        /** In one line that is drawn again and again. */
        BAR(Duration.ofMillis(200));

        private final long pause;

        Style(Duration pause) {
            this.pause = pause.toNanos();
        }

        /** What suits standard error, where there is one to be seen. */
        static Style ofStandardError() {
            try {
                Process test = new ProcessBuilder("test", "-t", "2")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                return test.waitFor() == 0 ? BAR : LINES;
            } catch (IOException e) {
                return LINES;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return LINES;
            }
        }
    }

    private static final int WIDTH = 30;

    private final PrintWriter err;
    private final Style style;
    private final LongSupplier nanos;
    private String what = "";
    private long total;
    private long done;
    private long begun;
    private long told;

    Progress(PrintWriter err, Style style, LongSupplier nanos) {
        this.err = err;
        this.style = style;
        this.nanos = nanos;
    }

    /** Begins a work of so many rows. */
    void begin(String work, long rows) {
        what = work;
        total = rows;
        done = 0;
        begun = nanos.getAsLong();
        told = begun;
    }

    /** One row more is done. */
    void step() {
        done++;
        if (style == Style.NONE || (done & 63) != 0) {
            return;
        }
        long now = nanos.getAsLong();
        if (now - told >= style.pause) {
            told = now;
            tell(now);
        }
    }

    /** All rows are done. */
    void end() {
        if (style == Style.BAR) {
            tell(nanos.getAsLong());
            err.println();
        }
    }

    private void tell(long now) {
        long rate = Math.round(done / Math.max(1e-9, (now - begun) / 1e9));
        String line = what + " " + share() + ", " + grouped(rate) + " rows/s" + remaining(rate);
        if (style == Style.BAR) {
            err.print("\r" + bar() + line + "\u001b[K");
            err.flush();
        } else {
            err.println(line);
        }
    }

    private String share() {
        return total == 0
                ? grouped(done) + " rows"
                : grouped(done) + " of " + grouped(total) + " rows (" + percent() + " %)";
    }

    private long percent() {
        return total == 0 ? 0 : Math.min(100, 100 * done / total);
    }

    private String remaining(long rate) {
        return total == 0 || rate == 0 ? "" : ", " + Math.max(0, total - done) / rate + " s left";
    }

    private String bar() {
        if (total == 0) {
            return "";
        }
        int filled = (int) (WIDTH * percent() / 100);
        return "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] ";
    }

    /** A number as people read it. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
