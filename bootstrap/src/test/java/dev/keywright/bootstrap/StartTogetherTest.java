package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** several nodes that start on an empty PostgreSQL at the same time, or are killed while they do. */
@Tag("R-67")
final class StartTogetherTest {

    private static final boolean THOROUGH = Boolean.getBoolean("keywright.thorough");

    private final PostgresServer.Database database = PostgresServer.running().newDatabase();
    private final Queue<ServerProcess> nodes = new ConcurrentLinkedQueue<>();
    private final Random random = new Random();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void stop() {
        nodes.forEach(ServerProcess::close);
    }

    private ServerProcess started() {
        try {
            ServerProcess node = ServerProcess.start(folder, database.environment());
            nodes.add(node);
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @RepeatedTest(2)
    void threeComeUpTogetherAndOneOfThemMakesTheFirstKey() throws Exception {
        List<CompletableFuture<ServerProcess>> starting = Stream.generate(
                        () -> CompletableFuture.supplyAsync(this::started, task -> new Thread(task).start()))
                .limit(3)
                .toList();
        starting.forEach(CompletableFuture::join);
        List<String> firstKeys = nodes.stream()
                .map(ServerProcess::firstKey)
                .flatMap(Optional::stream)
                .toList();

        assertThat(nodes).hasSize(3);
        assertThat(firstKeys).hasSize(1);
        for (ServerProcess node : nodes) {
            assertThat(total(new Api(node.url(), firstKeys.get(0)))).isEqualTo(1);
        }
    }

    /** It is killed at any moment between its first statement and its last. */
    @Test
    void whatAKilledStartHasBegunTheNextOneFinishes() throws Exception {
        for (int kill = 0; kill < (THOROUGH ? 20 : 2); kill++) {
            Process doomed = ServerProcess.launch(folder, database.environment());
            awaitArrival(doomed);
            Pauses.of(Duration.ofMillis(random.nextInt(300)));
            doomed.toHandle().destroyForcibly();
            assertThat(doomed.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }

        try (ServerProcess node = started()) {
            assertThat(count("select count(*) from api_key")).isEqualTo(1);
            assertThat(count("select count(*) from keywright_schema_history where not success"))
                    .isZero();
            assertThat(node.firstKey().map(key -> new Api(node.url(), key)).map(StartTogetherTest::total))
                    .isIn(Optional.empty(), Optional.of(1L));
        }
    }

    private static long total(Api api) {
        try {
            return api.ask(200, "GET", "/keys", "").path("total").asLong();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until it has come to the database. */
    private void awaitArrival(Process doomed) throws SQLException {
        while (doomed.isAlive()
                && count("select count(*) from pg_stat_activity where datname = current_database()") < 2) {
            Pauses.of(Duration.ofMillis(2));
        }
    }

    private long count(String query) throws SQLException {
        try (Connection sql = database.connect();
                Statement statement = sql.createStatement();
                ResultSet count = statement.executeQuery(query)) {
            count.next();
            return count.getLong(1);
        }
    }
}
