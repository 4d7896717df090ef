package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL is stopped as by a crash, in the middle of creates, updates, verifications and deletes, and started
 * again: 503 meanwhile and no other verdict, and the node is back by itself. More often with the system property
 * {@code keywright.thorough=true}.
 */
@Tag("R-64")
final class RestartedPostgresTest {

    private static final int STOPS = Boolean.getBoolean("keywright.thorough") ? 80 : 2;

    /** As long as this the server stays away once: the pauses of a pool that doubles them are at their longest then. */
    private static final Duration LONG_AWAY = Duration.ofSeconds(6);

    /** R-64 allows five seconds; whoever sleeps between attempts for as long as that needs more than three here. */
    private static final Duration RECOVERY = Duration.ofSeconds(3);

    private final Random random = new Random();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aNodeOutlivesItsDatabaseServer() throws Exception {
        try (ControlledPostgres postgres = ControlledPostgres.start(folder);
                ServerProcess node = ServerProcess.start(folder, Map.of("KEYWRIGHT_DB_URL", postgres.url()))) {
            List<Duration> recoveries = new ArrayList<>();
            KeyLoad load = new KeyLoad(List.of(node::url), node.firstKey().orElseThrow(), false);
            try (load) {
                load.start(4);
                for (int stop = 0; stop < STOPS; stop++) {
                    Pauses.of(Duration.ofMillis(300 + random.nextInt(700)));
                    postgres.stopImmediately();
                    Pauses.of(stop == 0 ? LONG_AWAY : Duration.ofMillis(random.nextInt(1_500)));
                    postgres.startAgain();
                    recoveries.add(load.untilSuccess(0));
                }
            }
            System.out.println("stops of PostgreSQL: " + STOPS + ", slowest recovery "
                    + Collections.max(recoveries).toMillis() + " ms; " + load);
            NothingLost.assertThatOf(load, postgres.url());
            load.settleCreates();
            NothingLost.assertThatOf(load, postgres.url());
            assertThat(load.unavailable()).isPositive();
            assertThat(recoveries).allSatisfy(took -> assertThat(took).isLessThan(RECOVERY));

            postgres.stopImmediately();
            node.terminate();
            assertThat(node.exitStatus()).isEqualTo(143);
            assertThat(node.err()).as("stack traces").doesNotContain("\tat ");
        }
    }

    /** Whoever starts it decides whether to try again. */
    @Test
    void aNodeThatIsStartedWithoutItsDatabaseSaysSoAndEnds() {
        String url = ControlledPostgres.url(ControlledPostgres.freePort());

        Ran serve = Ran.command(Map.of("KEYWRIGHT_DB_URL", url), "serve");

        assertThat(serve.status()).isEqualTo(69);
        assertThat(serve.err()).contains("cannot be reached").hasLineCount(1);
        assertThat(serve.out()).isEmpty();
    }
}
