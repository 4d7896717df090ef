package dev.keywright.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.benchmarks.result.Limit;
import dev.keywright.benchmarks.result.ResultLine;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the benchmarks of the store run; how fast, is not for a test to say. */
final class InTheStoreTest {

    @Test
    void eachForAMoment() throws IOException, InterruptedException, SQLException {
        List<ResultLine> lines = new ArrayList<>();
        try (Engine h2 = Engine.h2()) {
            lines.addAll(Lists.run(h2, List.of(100L, 200L), 10, 1));
            lines.add(new Creates(h2, Duration.ofMillis(100), 2).onOneConnection(Limit.atLeast(0)));
            lines.addAll(SyncedCreates.run(h2, Duration.ofMillis(100), 1));
        }

        assertThat(lines)
                .hasSize(14)
                .allSatisfy(line -> assertThat(line.value()).isPositive());
    }
}
