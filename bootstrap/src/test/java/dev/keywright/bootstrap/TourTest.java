package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour in {@code docs} prints what its output there says, and the README only names commands of it. */
final class TourTest {

    private static final Path SCRIPT = Path.of("../docs/tour.sh");
    private static final Path OUTPUT = Path.of("../docs/tour.txt");
    private static final Path README = Path.of("../README.md");

    @TempDir
    private Path folder = Path.of("");

    /** What differs from run to run, replaced: ids, keys, instants, names of requests and whether a use was written yet. */
    private static String settled(String text) {
        return text.replaceAll("key_[0-9a-z]{26}", "<id>")
                .replaceAll("kw_[0-9a-z]{20}_([0-9A-Za-z]{38}|<38 secret characters>)", "<key>")
                .replaceAll("kw_[0-9a-z]{20}…", "<redacted>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "<instant>")
                .replaceAll("\"lastUsedAt\":(null|\"<instant>\"),\"lastUsedFrom\":(null|\"127.0.0.1\")", "<last use>")
                .replaceAll("\"requestId\":\"[^\"]+\"", "\"requestId\":\"<request>\"");
    }

    private static List<String> commands(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl "))
                .toList();
    }

    @Test
    void theTourPrintsWhatTheDocumentsShow() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
        try (Service service = Service.start(Settings.read(
                Map.of(), Map.of(Setting.HTTP_PORT, "0", Setting.DB_URL, "jdbc:h2:file:" + folder.resolve("keys"))))) {
            List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
            command.add("http://127.0.0.1:" + service.port());
            command.add(service.firstKey().orElseThrow().reveal());
            Process tour = new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(tour.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(tour.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(settled(printed)).isEqualTo(settled(Files.readString(OUTPUT)));
            assertThat(tour.exitValue()).isZero();
        }
    }

    @Test
    void theOutputInTheDocumentsHoldsNoKey() throws IOException {
        assertThat(Files.readString(OUTPUT)).doesNotContainPattern("_[0-9A-Za-z]{38}");
    }

    @Test
    void everyCommandOfTheReadmesTourIsRunByTheScript() throws IOException {
        String readme = Files.readString(README);
        String tour = readme.substring(readme.indexOf("## A tour"), readme.indexOf("## Command line"));

        assertThat(commands(tour)).hasSizeGreaterThan(6).isSubsetOf(commands(Files.readString(SCRIPT)));
    }

    @Test
    void theReadmeListsEverySettingWithItsFlagAndDefault() throws IOException {
        List<String> rows = Stream.of(Setting.values())
                .map(setting -> "| `" + setting.variable() + "` | "
                        + (setting == Setting.API_KEY ? "none" : "`" + setting.flag() + "`") + " | "
                        + setting.defaultText().map(text -> "`" + text + "`").orElse("none") + " | "
                        + setting.meaning() + " |")
                .toList();

        assertThat(Files.readString(README).lines()).containsAll(rows);
    }

    @Test
    void theReadmeListsEveryExitStatus() throws IOException {
        assertThat(Files.readString(README).lines())
                .containsAll(Stream.of(ExitStatus.values())
                        .map(status -> "| " + status.number() + " | " + status.meaning() + " |")
                        .toList());
    }

    @Test
    void theReadmeNamesTheCommandThatTheContinuousBuildRuns() throws IOException {
        assertThat(Files.readString(README)).contains("\nmvn -B -ntp verify\n").contains("./keywright serve");
        assertThat(Files.readString(Path.of("../.ci/run"))).contains("mvn -B -ntp verify");
    }
}
