package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.PageRequest;
import dev.keywright.application.Precondition;
import dev.keywright.domain.ApiKeyId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code import} refuses, and that it has written nothing then. */
final class RefusedImportTest {

    @TempDir
    private Path folder = Path.of("");

    private Map<String, String> target = Map.of();
    private Path copy = Path.of("");
    private List<String> lines = List.of();

    @BeforeEach
    void export() throws IOException {
        Map<String, String> source = Place.H2.fresh(folder);
        target = Place.H2.fresh(folder);
        copy = folder.resolve("copy.jsonl");
        try (FilledStore store = FilledStore.open(source)) {
            store.fill(9);
        }
        assertThat(Ran.command(source, "export", copy.toString()).status()).isZero();
        lines = Files.readAllLines(copy);
    }

    private Ran imported(String content) throws IOException {
        return imported(content.getBytes(StandardCharsets.UTF_8));
    }

    private Ran imported(byte[] content) throws IOException {
        Path changed = Files.write(folder.resolve("changed.jsonl"), content);
        return Ran.command(target, "import", changed.toString());
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private void assertRefused(Ran ran, String why) {
        assertThat(ran.status()).as(ran.out()).isEqualTo(2);
        assertThat(ran.err()).contains(why);
        assertThat(Ran.command(target, "export", folder.resolve("none").toString())
                        .err())
                .contains("There is no database");
    }

    /** The check as a whole, which comes before any store is opened. */
    private void assertNotRead(byte[] content) throws IOException {
        Path changed = Files.write(folder.resolve("changed.jsonl"), content);
        Progress untold = new Progress(new PrintWriter(Writer.nullWriter()), Progress.Style.NONE, () -> 0);

        assertThatThrownBy(() -> StoreImport.of(changed, untold))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(": line ");
    }

    @Test
    void anythingThatIsNoExportIsRefused() throws IOException {
        assertRefused(imported(""), "line 1 is missing: the file is empty");
        assertRefused(imported("hello\n"), "line 1 is no JSON");
        assertRefused(imported("[]\n"), "line 1 is no JSON object");
        assertRefused(imported(text(lines.subList(1, lines.size()))), "line 1 does not begin an export of Keywright");
        assertRefused(imported(new byte[] {'{', (byte) 0xff, '}', '\n'}), "line 1 is not in UTF-8");
    }

    @Test
    void anotherFormatIsRefusedByItsNumber() throws IOException {
        String newer = text(lines).replaceFirst("\"format\":1", "\"format\":2");

        assertRefused(imported(newer), "line 1 tells of format 2, and this version reads format 1 only");
    }

    @Test
    void aFileThatIsCutOffIsRefusedWhereverItIsCut() throws IOException {
        byte[] whole = Files.readAllBytes(copy);

        for (int end = 1; end < whole.length; end += 127) {
            assertNotRead(Arrays.copyOf(whole, end));
        }
        assertRefused(imported(text(lines.subList(0, 5))), "line 6 is missing: the end of the export is cut off");
    }

    @Test
    void oneCharacterThatWasChangedIsFoundWhereverItIs() throws IOException {
        byte[] whole = Files.readAllBytes(copy);
        Random random = new Random(4);

        for (int times = 0; times < 150; times++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(7));
            assertNotRead(changed);
        }
    }

    @Test
    void aFieldThatIsNotKnownIsRefusedByName() throws IOException {
        String more = text(lines).replaceFirst("\"kind\":\"key\",", "\"kind\":\"key\",\"tier\":1,");

        assertRefused(imported(more), "line 2 has a field that is not known here: \"tier\"");
    }

    @Test
    void rowsThatAreLeftOutOrTwiceThereAreNoticed() throws IOException {
        String without = text(
                Stream.concat(lines.stream().limit(3), lines.stream().skip(4)).toList());
        String twice = text(
                Stream.concat(lines.stream().limit(3), lines.stream().skip(2)).toList());

        assertRefused(imported(without), "tells other counts or another digest");
        assertRefused(imported(twice), "line 4 is out of order");
        assertRefused(imported(text(lines) + "{}\n"), "line " + (lines.size() + 1) + " follows the end of the export");
    }

    @Test
    void aStoreThatHoldsAnythingElseIsLeftAsItIs() throws IOException {
        ApiKeyId foreign;
        try (FilledStore store = FilledStore.open(target)) {
            foreign = store.fill(1).get(0).key().id();
        }
        Path before = folder.resolve("before.jsonl");
        Path after = folder.resolve("after.jsonl");
        assertThat(Ran.command(target, "export", before.toString()).status()).isZero();

        Ran refused = Ran.command(target, "import", copy.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("Nothing was imported").contains(foreign.toString());
        assertThat(Ran.command(target, "export", after.toString()).status()).isZero();
        assertThat(after).hasSameBinaryContentAs(before);
    }

    @Test
    void aKeyThatDiffersIsNamed() {
        assertThat(Ran.command(target, "import", copy.toString()).status()).isZero();
        ApiKeyId changed;
        try (FilledStore store = FilledStore.open(target)) {
            changed = store.administration()
                    .list(FilledStore.ACME, PageRequest.first())
                    .keys()
                    .get(0)
                    .id();
            store.administration().deactivate(FilledStore.ACME, changed, Precondition.none());
        }

        Ran refused = Ran.command(target, "import", copy.toString());

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("Nothing was imported: the store holds the key " + changed
                        + " of the company \"acme\" in another state than the file does");
    }

    @Test
    void theSameFileAgainChangesNothing() {
        Ran once = Ran.command(target, "import", copy.toString());
        Ran again = Ran.command(target, "import", copy.toString());

        assertThat(List.of(once.status(), again.status())).containsOnly(0);
        assertThat(again.out()).isEqualTo(once.out());
    }

    @Test
    void aStoreInMemoryIsNeitherExportedNorFilled() {
        Map<String, String> memory = Map.of("KEYWRIGHT_DB_URL", "memory:");

        assertThat(Ran.command(memory, "export", copy.toString(), "--force").status())
                .isEqualTo(2);
        assertThat(Ran.command(memory, "import", copy.toString()).status()).isEqualTo(2);
    }
}
