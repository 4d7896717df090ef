package dev.keywright.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void aPartOfTheRequestsWasAnsweredWithinItsTime() {
        for (int micros = 1; micros <= 100; micros++) {
            latencies.add(micros * 1_000L);
        }

        assertThat(latencies.micros(0.5)).isEqualTo(50);
        assertThat(latencies.micros(0.99)).isEqualTo(99);
        assertThat(latencies.total()).isEqualTo(100);
    }

    @Test
    void thoseOfOthersCountAsOwn() {
        Latencies others = new Latencies();
        others.add(9_000_000_000L);
        latencies.add(1_000);

        latencies.add(others);

        assertThat(latencies.total()).isEqualTo(2);
        assertThat(latencies.micros(1)).isEqualTo(200_000);
    }
}
