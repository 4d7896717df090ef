package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * two nodes over one PostgreSQL, and one of them is killed in the middle of creates, updates and deletes, and
 * started again. More than one hundred kills with the system property {@code keywright.thorough=true}.
 */
@Tag("R-14")
final class KilledNodesTest {

    private static final int KILLS = Boolean.getBoolean("keywright.thorough") ? 120 : 3;

    private final Random random = new Random();
    private final ServerProcess[] nodes = new ServerProcess[2];

    @TempDir
    private Path folder = Path.of("");

    private ServerProcess started(ControlledPostgres postgres) throws IOException {
        return ServerProcess.start(folder, Map.of("KEYWRIGHT_DB_URL", postgres.url()));
    }

    @Test
    void everyAcknowledgedChangeSurvivesTheKillOfANode() throws Exception {
        try (ControlledPostgres postgres = ControlledPostgres.start(folder)) {
            nodes[0] = started(postgres);
            nodes[1] = started(postgres);
            String management = nodes[0].firstKey().or(nodes[1]::firstKey).orElseThrow();
            KeyLoad load = new KeyLoad(List.of(() -> nodes[0].url(), () -> nodes[1].url()), management, true);
            try (load) {
                load.start(4);
                for (int kill = 0; kill < KILLS; kill++) {
                    Pauses.of(Duration.ofMillis(200 + random.nextInt(800)));
                    nodes[kill % 2].kill();
                    nodes[kill % 2].exitStatus();
                    nodes[kill % 2] = started(postgres);
                    load.untilSuccess(kill % 2);
                }
            }
            System.out.println("kills of a node: " + KILLS + "; " + load);
            NothingLost.assertThatOf(load, postgres.url());
            load.settleCreates();
            NothingLost.assertThatOf(load, postgres.url());
            assertThat(load.unanswered()).isPositive();
        } finally {
            for (ServerProcess node : nodes) {
                node.close();
            }
        }
    }
}
