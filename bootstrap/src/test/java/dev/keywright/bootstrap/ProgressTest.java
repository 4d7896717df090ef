package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How far a long work is, as people are told. */
final class ProgressTest {

    private final StringWriter err = new StringWriter();
    private long nanos;

    private Progress progress(Progress.Style style) {
        return new Progress(new PrintWriter(err, true), style, () -> nanos);
    }

    private void halfInFourSeconds(Progress progress) {
        progress.begin("exported", 2_560);
        for (int row = 0; row < 1_280; row++) {
            nanos += Duration.ofSeconds(4).toNanos() / 1_280;
            progress.step();
        }
    }

    @Test
    void aTerminalIsShownABarWithTotalRateAndRest() {
        Progress progress = progress(Progress.Style.BAR);

        halfInFourSeconds(progress);
        progress.end();

        assertThat(err.toString())
                .contains(
                        "\r[###############               ] exported 1,280 of 2,560 rows (50 %), 320 rows/s, 4 s left");
    }

    @Test
    void elsewhereALineIsPrintedEveryFewSeconds() {
        Progress progress = progress(Progress.Style.LINES);

        halfInFourSeconds(progress);
        String early = err.toString();
        nanos += Duration.ofSeconds(1).toNanos();
        for (int row = 0; row < 64; row++) {
            progress.step();
        }
        progress.end();

        assertThat(early).isEmpty();
        assertThat(err.toString().lines()).containsExactly("exported 1,344 of 2,560 rows (52 %), 269 rows/s, 4 s left");
    }

    @Test
    void whoWantsNoneIsToldNothing() {
        Progress progress = progress(Progress.Style.NONE);

        halfInFourSeconds(progress);
        progress.end();

        assertThat(err.toString()).isEmpty();
    }
}
