package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.RowCounts;
import dev.keywright.jdbi.StoreSnapshot;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An import that is killed at random moments, again and again on the same store, ends as if it had never been. */
final class KilledImportTest {

    private static final int KILLS = Boolean.getBoolean("keywright.thorough") ? 25 : 2;
    /** More, as long as each was killed before its first rows or after its last ones. */
    private static final int MOST = 30;

    private static final int KEYS = 700;

    private final Random random = new Random();

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void whatWasCutOffGoesOnToTheSameEnd(Place place) throws IOException, InterruptedException {
        Path copy = CopyOfKeys.write(folder.resolve("copy.jsonl"), KEYS);
        Path moved = folder.resolve("moved.jsonl");
        List<Long> parts = new ArrayList<>();
        Map<String, String> target = place.fresh(folder);
        for (int kill = 0; kill < KILLS || kill < MOST && parts.stream().noneMatch(KilledImportTest::isPart); kill++) {
            killedImport(target, copy);
            parts.add(rows(target).all());
            if (kill % 5 == 4) {
                target = place.fresh(folder);
            }
        }

        Ran again = Ran.command(target, "import", copy.toString());
        Ran exported = Ran.command(target, "export", moved.toString());

        assertThat(again.status()).as(again.err()).isZero();
        assertThat(exported.status()).as(exported.err()).isZero();
        assertThat(moved).hasSameBinaryContentAs(copy);
        assertThat(parts).allMatch(rows -> rows <= 3 * KEYS).anyMatch(KilledImportTest::isPart);
        System.out.println(place + ": imports killed: " + parts.size() + ", rows left: " + parts);
    }

    private static boolean isPart(long rows) {
        return rows > 0 && rows < 3 * KEYS;
    }

    private static RowCounts rows(Map<String, String> environment) {
        try (Database database =
                        Database.open(Settings.read(environment, Map.of()).database());
                StoreSnapshot snapshot = database.snapshot()) {
            return snapshot.counts();
        }
    }

    /** Kills it once it has told a number of times that it goes on with the import. */
    private void killedImport(Map<String, String> target, Path copy) throws IOException, InterruptedException {
        ProcessBuilder child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ImportUntilKilled.class.getName(),
                        copy.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(new File("target", "child-jvm.log")));
        child.environment().putAll(target);
        Process process = child.start();
        int after = 10 + random.nextInt(15);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            int told = 0;
            for (String line = lines.readLine(); line != null && told < after; line = lines.readLine()) {
                told += line.startsWith("imported ") ? 1 : 0;
            }
            process.toHandle().destroyForcibly();
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }
}
