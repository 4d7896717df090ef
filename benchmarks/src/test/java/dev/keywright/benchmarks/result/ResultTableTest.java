package dev.keywright.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResultTableTest {

    @Test
    void aRatioUpToTheLimitIsOk() {
        ResultLine line = ResultLine.ratio("verify", "ns", 300, 200, Limit.atMost(1.5));

        assertThat(line.row()).isEqualTo("| verify | 300.0 ns | 200.0 ns | 1.50 | ≤ 1.50 | ok |");
    }

    @Test
    void aRatioOverTheLimitIsMissed() {
        ResultLine line = ResultLine.ratio("verify", "µs", 3.02, 2, Limit.atMost(1.5));

        assertThat(line.row()).isEqualTo("| verify | 3.02 µs | 2.00 µs | 1.51 | ≤ 1.50 | MISSED |");
    }

    @Test
    void aFigureIsJudgedByItself() {
        ResultLine line = ResultLine.figure("heap", "B", 160.4, Limit.atMost(160));

        assertThat(line.row()).isEqualTo("| heap | 160.4 B |  | 160.40 | ≤ 160 | MISSED |");
    }

    @Test
    void whereMoreIsBetterLessIsMissed() {
        Limit limit = Limit.atLeast(0.8);

        assertThat(List.of(limit.isKeptBy(0.79), limit.isKeptBy(0.8), limit.isKeptBy(1.0)))
                .containsExactly(false, true, true);
    }

    @Test
    void theTableSaysOnWhatItWasMeasured() {
        String table = ResultTable.of(List.of());

        assertThat(table).contains(System.getProperty("java.vm.name")).contains("| ratio or value |");
    }
}
