package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** a wrong command line is told without repeating what stood in the wrong place, which may be a secret. */
final class UsageReportTest {

    private static final String SECRET = "kw_0123456789abcdefghjk_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZab";

    private static Ran ran(String line) {
        return Ran.command(Map.of(), line.replace("$SECRET", SECRET).split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$SECRET",
                "--$SECRET",
                "keys $SECRET",
                "keys list $SECRET",
                "keys list --api-key $SECRET",
                "keys list --api-key=$SECRET",
                "keys list --$SECRET",
                "keys list --company acme --status $SECRET",
                "keys list --company acme --limit $SECRET",
                "keys list --json=$SECRET",
                "keys list --all=hunter2",
                "keys list --server http://127.0.0.1:1 --api-key-file $SECRET",
                "keys list --server http://127.0.0.1:1 --api-key-file /no/$SECRET",
                "keys show $SECRET --company acme",
                "keys create --company acme --user alice --ip $SECRET",
                "keys create --company acme --user alice --scope $SECRET",
                "keys create --company acme --user --description=hunter2",
                "serve hunter2",
                "serve --db-pasword hunter2",
                "serve --db-pasword=hunter2",
                "serve -phunter2",
                "serve --db-user --db-url=hunter2",
                "serve --db-url hunter2"
            })
    void whatMayBeASecretIsNotRepeated(String line) {
        Ran wrong = ran(line);

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err())
                .isNotBlank()
                .doesNotContain(SECRET.substring(SECRET.length() - 38))
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "keys list --api-key=x, There is no such option: --api-key, keywright keys list",
        "keys list --api-key x, There is no such option: --api-key, keywright keys list",
        "serve --nonsense --more y, 'There is no such option: --nonsense, --more', keywright serve",
        "serve -pfirst, There is no such option, keywright serve",
        "serve now, An argument too many, keywright serve",
        "serve right now, 2 arguments too many, keywright serve",
        "keys frobnicate, There is no such command, keywright keys",
        "start, There is no such command, keywright",
        "keys, Say what to do, keywright keys",
        "keys list --company, Missing required parameter for option '--company', keywright keys list",
        "keys create --company acme, Missing required option: '--user, keywright keys create",
        "keys list --json=maybe, its value is not a boolean, keywright keys list"
    })
    void whatIsWrongIsSaidInShortAndPointsToTheHelp(String line, String said, String command) {
        Ran wrong = ran(line);

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err())
                .contains(said)
                .contains("See " + command + " --help")
                .doesNotContain("Usage:");
        assertThat(wrong.err().lines()).hasSizeLessThan(4);
    }

    @Test
    void whatWasMeantIsStillSuggested() {
        assertThat(ran("serve --db-pasword hunter2").err()).contains("--db-user");
        assertThat(ran("keys creat").err()).contains("Did you mean: keys create");
    }
}
