package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyPage;
import dev.keywright.application.PageRequest;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.UserId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code export} and {@code import}: a store moves as a whole, from every database to every database. */
final class ExportImportTest {

    private static final int KEYS = 120;

    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> directions() {
        return Stream.of(Place.values())
                .flatMap(from -> Stream.of(Place.values()).map(to -> Arguments.of(from, to)));
    }

    private static Ran run(Map<String, String> environment, Object... arguments) {
        return Ran.command(
                environment, Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    }

    private static void done(Ran ran) {
        assertThat(ran.status()).as(ran.err() + ran.out()).isZero();
    }

    private static List<CreatedKey> filled(Map<String, String> environment) {
        try (FilledStore store = FilledStore.open(environment)) {
            return store.fill(KEYS);
        }
    }

    @ParameterizedTest
    @MethodSource("directions")
    void aStoreThatWasMovedIsTheSameStore(Place from, Place to) throws IOException {
        Map<String, String> source = from.fresh(folder);
        Map<String, String> target = to.fresh(folder);
        List<CreatedKey> keys = filled(source);
        Path copy = folder.resolve("copy.jsonl");
        Path copyOfTheCopy = folder.resolve("again.jsonl");

        done(run(source, "export", copy));
        Ran imported = run(target, "import", copy);
        done(imported);
        done(run(target, "export", copyOfTheCopy));

        assertThat(imported.out()).startsWith(KEYS + " keys, ");
        assertThat(copyOfTheCopy).hasSameBinaryContentAs(copy);
        assertThat(Files.readString(copy))
                .doesNotContain(keys.get(0).secret().orElseThrow().reveal());
        try (FilledStore before = FilledStore.open(source);
                FilledStore after = FilledStore.open(target)) {
            assertThat(keys.stream().map(after::verdict))
                    .containsExactlyElementsOf(
                            keys.stream().map(before::verdict).toList())
                    .contains("VALID", "DELETED", "INACTIVE");
            assertThat(walk(after)).isEqualTo(walk(before));
        }
    }

    private static List<KeyPage> walk(FilledStore store) {
        return Stream.of(FilledStore.ACME, FilledStore.OTHER)
                .flatMap(caller -> Stream.of(KeyStatus.values())
                        .map(status -> store.administration()
                                .list(caller, new PageRequest(status, 100, new PageRequest.Start.Offset(0)))))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void anImportedStoreGoesOnWithTheNextEventAndTheNextKey(Place place) throws IOException {
        Map<String, String> target = place.fresh(folder);
        Path copy = folder.resolve("copy.jsonl");
        Map<String, String> source = Place.H2.fresh(folder);
        List<CreatedKey> keys = filled(source);
        done(run(source, "export", copy));
        done(run(target, "import", copy));

        try (FilledStore store = FilledStore.open(target)) {
            CreatedKey next = store.administration().create(FilledStore.ACME, KeyDraft.of(new UserId("bob")));
            CreatedKey repeated = store.administration().create(FilledStore.OTHER, draftOf(keys.get(0)), "token-0");

            assertThat(store.administration()
                            .list(FilledStore.ACME, PageRequest.first())
                            .keys()
                            .get(0))
                    .isEqualTo(next.key());
            assertThat(repeated.key().id()).isEqualTo(keys.get(0).key().id());
            long events = Files.readAllLines(copy).stream()
                    .filter(line -> line.startsWith("{\"kind\":\"event\""))
                    .count();
            assertThat(store.events(FilledStore.ACME, next.key().id()))
                    .singleElement()
                    .satisfies(event -> assertThat(event.sequence()).isEqualTo(events + 1));
        }
    }

    private static KeyDraft draftOf(CreatedKey created) {
        return new KeyDraft(
                created.key().user(),
                created.key().allowList(),
                created.key().description(),
                created.key().scopes(),
                created.key().expiry());
    }

    @Test
    void aFileInPlaceIsLeftAsItIsUnlessForced() throws IOException {
        Map<String, String> source = Place.H2.fresh(folder);
        filled(source);
        Path copy = Files.writeString(folder.resolve("copy.jsonl"), "mine");

        Ran refused = run(source, "export", copy);
        String left = Files.readString(copy);
        Ran forced = run(source, "export", copy, "--force");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("is there already").contains("--force");
        assertThat(left).isEqualTo("mine");
        done(forced);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void aStoreIsMovedThroughAPipe() throws IOException, InterruptedException {
        Map<String, String> source = Place.H2.fresh(folder);
        Map<String, String> target = Place.POSTGRESQL.fresh(folder);
        filled(source);

        List<Process> pipe =
                ProcessBuilder.startPipeline(List.of(process(source, "export", "-"), process(target, "import", "-")));
        for (Process each : pipe) {
            assertThat(each.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(each.exitValue()).isZero();
        }

        Ran one = run(source, "export", "-");
        Ran other = run(target, "export", "-");
        done(one);
        assertThat(other.out()).isEqualTo(one.out());
    }

    private static ProcessBuilder process(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(new File("target", "child-jvm.log")));
        process.environment().keySet().removeIf(Setting::isOurs);
        process.environment().putAll(environment);
        return process;
    }
}
