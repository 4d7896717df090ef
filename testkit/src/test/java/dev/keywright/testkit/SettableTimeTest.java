package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SettableTimeTest {

    private final SettableTime time = SettableTime.at(NOW);

    @Test
    void timeStandsUntilItIsMoved() {
        assertThat(time.instant()).isEqualTo(NOW).isEqualTo(time.instant());
    }

    @Test
    void timeMovesByADurationInBothDirections() {
        time.advance(Duration.ofMillis(5));
        assertThat(time.instant()).isEqualTo(NOW.plusMillis(5));

        time.advance(Duration.ofHours(-1));
        assertThat(time.instant()).isEqualTo(NOW.plusMillis(5).minusSeconds(3600));
    }

    @Test
    void timeIsSetToAnyInstant() {
        time.set(NOW.minusSeconds(1));

        assertThat(time.instant()).isEqualTo(NOW.minusSeconds(1));
        assertThat(time).hasToString("2026-05-22T10:15:29.123Z");
    }

    @Test
    void advancesAtOnceAllCount() {
        Parallel.run(8, thread -> {
            time.advance(Duration.ofMillis(1));
            return thread;
        });

        assertThat(time.instant()).isEqualTo(NOW.plusMillis(8));
    }
}
