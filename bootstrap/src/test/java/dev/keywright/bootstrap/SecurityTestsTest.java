package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that lists the security requirements with their tests names tests that exist, and leaves no requirement out. */
final class SecurityTestsTest {

    private static final Path PAGE = Path.of("../docs/security-tests.md");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (R-\\d\\d) \\| [^|]+ \\| [^|]*`[A-Z]\\w+[.`][^|]*\\|$");

    /** Those that concern what has been built: all but a full disk and the one that needs a release. */
    private static final List<String> BUILT = Stream.of(
                    IntStream.rangeClosed(1, 17),
                    IntStream.rangeClosed(19, 58),
                    IntStream.of(61, 63, 64, 65, 66, 67, 68, 70))
            .flatMap(IntStream::boxed)
            .map("R-%02d"::formatted)
            .toList();

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sources of all tests of all modules, by the name of their class. */
    private static Map<String, String> tests() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules.flatMap(module -> Stream.of(
                            module.resolve("src/test/java/dev"), module.resolve("src/main/java/dev/keywright/testkit")))
                    .filter(Files::isDirectory)
                    .flatMap(SecurityTestsTest::sources)
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            SecurityTestsTest::read,
                            (one, other) -> one + other));
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean exists(MatchResult named, Map<String, String> tests) {
        return Optional.ofNullable(tests.get(named.group(1)))
                .filter(source -> named.group(2) == null || source.contains(" void " + named.group(2) + "("))
                .isPresent();
    }

    private static List<String> missing(String page, Map<String, String> tests) {
        return NAMED.matcher(page)
                .results()
                .filter(named -> !List.of("SecureRandom", "Contract", "PropertiesTest", "TRACE", "LIKE", "Allow")
                        .contains(named.group(1)))
                .filter(named -> !exists(named, tests))
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        assertThat(NAMED.matcher(read(PAGE)).results()).hasSizeGreaterThan(150);
        assertThat(missing(read(PAGE), tests())).isEmpty();
    }

    @Test
    void aTestThatDoesNotExistIsNoticed() throws IOException {
        assertThat(missing("`NoSuchTest`, `FuzzTest.noSuchMethod`, `FuzzTest`", tests()))
                .containsExactly("`NoSuchTest`", "`FuzzTest.noSuchMethod`");
    }

    @Test
    void everyRequirementOfWhatIsBuiltHasARowWithATest() {
        assertThat(ROW.matcher(read(PAGE)).results().map(row -> row.group(1))).containsExactlyElementsOf(BUILT);
    }

    @Test
    void everyRequirementIsOnThePage() {
        assertThat(IntStream.rangeClosed(1, 72).mapToObj("R-%02d"::formatted)).allMatch(read(PAGE)::contains);
    }
}
