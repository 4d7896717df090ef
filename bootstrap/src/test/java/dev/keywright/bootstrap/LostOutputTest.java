package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keywright.domain.KeySecret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed where nothing can be written is not taken for printed. */
final class LostOutputTest {

    @TempDir
    private Path folder = Path.of("");

    private Map<String, String> environment = Map.of();

    @BeforeEach
    void useAFile() {
        environment = Map.of("KEYWRIGHT_DB_URL", "jdbc:h2:file:" + folder.resolve("keys"));
    }

    /** Runs a command whose standard output is full. */
    private Ran onto(Writer full, String line) {
        StringWriter err = new StringWriter();
        int status = Main.run(environment, new PrintWriter(full, true), new PrintWriter(err, true), line.split(" "));
        return new Ran(status, full.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --quiet", " --json"})
    void aSecretThatCouldNotBePrintedIsToldWithItsKey(String how) {
        Ran lost = onto(new Full(), "keys create --company acme --user alice" + how);

        String id = Api.json(Ran.command(environment, "keys", "list", "--company", "acme", "--json")
                        .out())
                .path("data")
                .path(0)
                .path("id")
                .asText();
        assertThat(lost.status()).isEqualTo(69);
        assertThat(lost.err())
                .contains("The key " + id + " was made")
                .contains("is lost")
                .contains("keywright keys delete");
        assertThat(KeySecret.isIn(lost.err())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"keys list --company acme --json", "keys list --company acme", "--version", "keys list --help"})
    void anAnswerThatCouldNotBePrintedIsNoSuccess(String line) {
        Ran.command(environment, "keys", "create", "--company", "acme", "--user", "alice");

        Ran lost = onto(new Full(), line);

        assertThat(lost.status()).isEqualTo(69);
        assertThat(lost.err()).containsOnlyOnce("could not be written to standard output");
    }

    @Test
    void aRefusalStaysWhatItIs() {
        assertThat(onto(new Full(), "keys list --company acme --limit 0").status())
                .isEqualTo(2);
    }

    @Test
    void aServerWhoseFirstKeyCouldNotBePrintedStopsAndSaysHowToMakeAnother() throws Exception {
        Ran lost = process("/dev/full", "serve", "--http-port", "0");

        assertThat(lost.status()).isEqualTo(69);
        assertThat(lost.err())
                .contains("The first key was made")
                .contains("keywright keys create --company default --user admin --scope keys:read");
        assertThat(KeySecret.isIn(lost.err())).isFalse();

        Ran another = Ran.command(
                Map.of("KEYWRIGHT_DB_URL", "jdbc:h2:file:" + folder.resolve("data/keywright")),
                "keys create --company default --user admin --scope keys:read,keys:write,keys:verify --quiet"
                        .split(" "));
        assertThat(another.status()).as(another.err()).isZero();
    }

    @Test
    void aServerInMemoryWhoseFirstKeyCouldNotBePrintedIsStartedAgain() throws Exception {
        Ran lost = process("/dev/full", "serve", "--http-port", "0", "--db-url", "memory:");

        assertThat(lost.status()).isEqualTo(69);
        assertThat(lost.err()).contains("start again").doesNotContain("keys create");
    }

    /** A process with its standard output on this device. */
    private Ran process(String device, String... arguments) throws Exception {
        assumeTrue(Files.exists(Path.of(device)), "this system has no " + device);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(Path.of(device).toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeIf(Setting::isOurs);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ran(process.exitValue(), "", Files.readString(folder.resolve("err"), StandardCharsets.UTF_8));
    }

    /** Takes nothing. */
    private static final class Full extends Writer {
        @Override
        public void write(char[] characters, int from, int length) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public void flush() {
            // There is nothing to pass on.
        }

        @Override
        public void close() {
            // There is nothing to let go of.
        }

        @Override
        public String toString() {
            return "";
        }
    }
}
