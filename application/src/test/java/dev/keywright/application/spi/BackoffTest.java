package dev.keywright.application.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static long pauses(Backoff backoff) {
        long pauses = 0;
        while (backoff.pause()) {
            pauses++;
        }
        return pauses;
    }

    @Test
    void thereAreNoMoreAttemptsThanAllowed() {
        assertThat(pauses(Backoff.of(1, LONG))).isZero();
        assertThat(pauses(Backoff.of(6, LONG))).isEqualTo(5);
    }

    @Test
    void noAttemptBeginsAfterTheTimeAllowed() {
        long begun = System.nanoTime();
        Backoff backoff = Backoff.of(1_000_000, Duration.ofMillis(300));

        long last = begun;
        while (backoff.pause()) {
            last = System.nanoTime();
        }

        assertThat(Duration.ofNanos(last - begun)).isBetween(Duration.ofMillis(100), Duration.ofSeconds(5));
        assertThat(backoff.pause()).isFalse();
    }

    @Test
    void pausesGrowAndDiffer() {
        Set<Long> firsts = new HashSet<>();
        for (int each = 0; each < 20; each++) {
            long begun = System.nanoTime();
            Backoff.of(2, LONG).pause();
            firsts.add(System.nanoTime() - begun);
        }
        long begun = System.nanoTime();
        pauses(Backoff.of(8, LONG));

        assertThat(firsts).hasSizeGreaterThan(10);
        // 2 + 4 + 8 + 16 + 32 + 64 + 100 ms, each at least half as long.
        assertThat(System.nanoTime() - begun)
                .isGreaterThan(Duration.ofMillis(113).toNanos());
    }

    @Test
    void whoIsInterruptedMakesNoFurtherAttemptAndStaysInterrupted() {
        Backoff backoff = Backoff.of(10, LONG);

        Thread.currentThread().interrupt();
        boolean further = backoff.pause();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(further).isFalse();
    }

    @Test
    void whatAllowsNoAttemptIsRefused() {
        assertThatThrownBy(() -> Backoff.of(0, LONG)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.of(1, LONG.negated())).isInstanceOf(IllegalArgumentException.class);
    }
}
