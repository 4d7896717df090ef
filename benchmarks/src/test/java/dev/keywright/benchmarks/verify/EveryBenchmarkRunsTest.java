package dev.keywright.benchmarks.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That the benchmarks in process run; how fast, is not for a test to say. */
final class EveryBenchmarkRunsTest {

    @Test
    void eachForAMoment() throws RunnerException {
        Options once = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(50))
                .param("keys", "1000")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();

        assertThat(new Runner(once).run()).hasSize(10);
    }

    @Test
    void unknownReferencesDoNotBecomeAQuestionEach() throws IOException, InterruptedException {
        StoreCalls.Counted counted = StoreCalls.unknownReferences(Duration.ofMillis(500));

        assertThat(counted.questions()).isPositive().isLessThan(counted.calls());
    }

    @Test
    void goodKeysAreWrittenByNobodyWhoVerifiesThem() throws IOException {
        StoreCalls.Counted counted = StoreCalls.goodKeys();

        assertThat(counted.writes()).isZero();
        assertThat(counted.questions()).isPositive();
    }
}
