package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many keys go through import and export within a small heap, and how fast is told: 100,000 with the system property {@code
 * keywright.thorough=true}, else a few thousand.
 */
final class MovedAtScaleTest {

    private static final int KEYS = Boolean.getBoolean("keywright.thorough") ? 100_000 : 2_500;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void manyKeysGoInAndOut(Place place) throws IOException {
        Map<String, String> target = place.fresh(folder);
        Path copy = CopyOfKeys.write(folder.resolve("copy.jsonl"), KEYS);
        Path moved = folder.resolve("moved.jsonl");

        long begun = System.nanoTime();
        Ran imported = Ran.command(target, "import", copy.toString());
        long between = System.nanoTime();
        Ran exported = Ran.command(target, "export", moved.toString());
        long end = System.nanoTime();

        assertThat(imported.status()).as(imported.err()).isZero();
        assertThat(exported.status()).as(exported.err()).isZero();
        assertThat(moved).hasSameBinaryContentAs(copy);
        System.out.println(place + ": " + 3 * KEYS + " rows, import with all checks " + rate(between - begun)
                + " rows/s, export " + rate(end - between) + " rows/s");
    }

    private static long rate(long nanos) {
        return 3L * KEYS * Duration.ofSeconds(1).toNanos() / nanos;
    }
}
