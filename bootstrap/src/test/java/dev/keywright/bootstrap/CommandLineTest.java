package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the command line is read, what it refuses, and what it shows. */
final class CommandLineTest {

    private static final String UNKNOWN = "key_01ba9d3sfjf7v8x7w1h2n3k4m5";

    @TempDir
    private Path folder = Path.of("");

    private Map<String, String> environment = Map.of();

    @BeforeEach
    void useAFile() {
        environment = Map.of("KEYWRIGHT_DB_URL", "jdbc:h2:file:" + folder.resolve("keys"));
    }

    private Ran keys(String... arguments) {
        return Ran.command(
                environment,
                Stream.concat(Stream.of("keys"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void whatIsWrongIsToldAtOnceWithTheFlagsName() {
        Ran ran = keys(
                "create",
                "--user",
                " ",
                "--ip",
                "10.0.0.1/8",
                "--scope",
                "Keys",
                "--expires-at",
                "tomorrow",
                "--description",
                "");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err())
                .contains("--user: ")
                .contains("--ip: \"10.0.0.1/8\" has host bits set; did you mean 10.0.0.0/8?")
                .contains("--scope: ")
                .contains("--expires-at: ")
                .contains("--description: ")
                .contains("--company: is needed");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys",
                "keys frobnicate",
                "keys create --company acme",
                "keys show --company acme",
                "keys show nonsense --company acme",
                "keys update " + UNKNOWN + " --company acme",
                "keys update " + UNKNOWN + " --company acme --description x --no-description",
                "keys list --company acme --limit 0",
                "keys list --company acme --limit 101",
                "keys list --company acme --status deleted",
                "keys list --company acme --server http://127.0.0.1:1",
                "keys list --server http://127.0.0.1:1",
                "keys list --server http://127.0.0.1:1 --api-key-file /does/not/exist",
                "keys list --company acme --db-url memory:",
                "keys create --company acme --user alice --quiet --json",
                "keys create --company acme --user alice --expires-at 2001-01-01",
                "serve --http-prot 1",
                "serve now",
                "",
                "start"
            })
    void whatCannotBeMeantIsAUsageError(String line) {
        Ran ran = Ran.command(environment, line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    }

    /** what somebody wrote cannot forge lines on the terminal or steer it. */
    @Test
    void aHostileDescriptionIsShownAsEscapes() {
        keys("create", "--company", "acme", "--user", "eve\u202e", "--description", "a\r\nkey_fake  \u001b[2J");

        Ran list = keys("list", "--company", "acme");

        assertThat(list.out())
                .contains("a\\u000d\\u000akey_fake  \\u001b[2J")
                .contains("eve\\u202e")
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
        assertThat(list.out().lines()).hasSize(3);
    }

    @Test
    void textThatTheLocaleCouldNotReadIsRefused() {
        Ran ran = keys("create", "--company", "acme", "--user", "alice", "--description", "Caf\ufffd");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("LC_ALL=C.UTF-8");
    }

    @Test
    void anArgumentThatNamesAFileIsNoFile() {
        Ran ran = keys("create", "--company", "acme", "--user", "alice", "--description", "@home", "--json");

        assertThat(Api.json(ran.out()).path("description").asText()).isEqualTo("@home");
    }

    @Test
    void aFileWithoutEndHoldsNoKey() {
        assumeTrue(Files.exists(Path.of("/dev/zero")), "this system has no /dev/zero");

        Ran ran = keys("list", "--server", "http://127.0.0.1:1", "--api-key-file", "/dev/zero");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("--api-key-file: must be a key or a token");
    }

    @Test
    void whatNobodyForesawIsASentence() {
        StringWriter err = new StringWriter();
        Writer broken = new StringWriter() {
            @Override
            public void write(String text, int from, int length) {
                throw new StackOverflowError("deep inside");
            }
        };

        int status = Main.run(environment, new PrintWriter(broken), new PrintWriter(err, true), "--version");

        assertThat(status).isEqualTo(70);
        assertThat(err.toString())
                .contains("Keywright failed in a way it should not: StackOverflowError")
                .doesNotContain("deep inside")
                .doesNotContain("\tat ");
    }

    @Test
    void settingsAreCheckedHereToo() {
        Map<String, String> wrong = new HashMap<>(environment);
        wrong.put("KEYWRIGHT_KEY_PREFIX", "KW");
        wrong.put("KEYWRIGHT_DB_ULR", "x");

        Ran ran = Ran.command(wrong, "keys", "list", "--company", "acme", "--downgrade-window", "soon");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err())
                .contains("KEYWRIGHT_KEY_PREFIX: ")
                .contains("KEYWRIGHT_DB_ULR: is no setting; did you mean KEYWRIGHT_DB_URL?")
                .contains("--downgrade-window: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "serve --help",
                "keys --help",
                "keys create --help",
                "keys list --help",
                "keys show --help",
                "keys update --help",
                "keys activate --help",
                "keys deactivate --help",
                "keys delete --help",
                "export --help",
                "import --help",
                "audit --help",
                "audit export --help",
                "audit replay --help"
            })
    void helpIsEverywhereAndTellsTheExitStatus(String line) {
        Ran ran = Ran.command(environment, line.split(" "));

        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .contains("Usage: keywright")
                .contains("Exit status:")
                .contains(" 69 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "serve --version", "keys list --version"})
    void theVersionIsTold(String line) {
        Ran ran = Ran.command(environment, line.split(" "));

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).startsWith("keywright ");
    }
}
