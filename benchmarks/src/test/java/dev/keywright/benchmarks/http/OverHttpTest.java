package dev.keywright.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keywright.benchmarks.result.ResultLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmarks over HTTP run; how fast, is not for a test to say. */
final class OverHttpTest {
    private static final Path JAR = Path.of("../bootstrap/target/keywright.jar");
    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final OverHttp.Plan SHORT = new OverHttp.Plan(20, MOMENT, 1, 1, MOMENT, 2);
    private static final List<String> SOON_READY = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theProductIsComparedWithAServerThatDoesNothing() throws IOException, InterruptedException {
        assumeTrue(Files.exists(JAR), "the executable jar is built by the module bootstrap");

        List<ResultLine> lines = OverHttp.run(JAR.toAbsolutePath(), SHORT, true, true, SOON_READY);

        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.value()).isPositive());
    }

    @Test
    void anotherAnswerThanTheExpectedOneEndsTheRun() throws IOException {
        Call call = Call.post("/keys/verify", "any", "{\"key\":\"any\"}", 200, "\"valid\":false");
        try (Server noOp = Server.noOp(folder, SOON_READY)) {

            assertThatThrownBy(() -> new Load(2).run(noOp, List.of(call), MOMENT))
                    .isInstanceOf(IOException.class)
                    .rootCause()
                    .hasMessageStartingWith("expected 200 with \"valid\":false and was answered: ");
        }
    }
}
