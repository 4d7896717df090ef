package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which database URLs are taken, and what is added to them. */
final class DatabaseUrlTest {

    private static final String FILE = "jdbc:h2:file:./data/keywright";

    /** */
    @ParameterizedTest
    @ValueSource(strings = {FILE, FILE + ";WRITE_DELAY=0", FILE + ";write_delay = 0;", FILE + ";CACHE_SIZE=1000"})
    void anH2FileIsAlwaysWrittenBeforeACommitIsAcknowledged(String url) {
        assertThat(DatabaseUrl.parse(url).jdbcUrl()).containsOnlyOnce(";WRITE_DELAY=0");
    }

    /** */
    @ParameterizedTest
    @ValueSource(strings = {";WRITE_DELAY=500", ";write_delay=1", ";WRITE_DELAY=0;WRITE_DELAY=10", ";WRITE_DELAY"})
    void aDelayIsRefused(String setting) {
        assertRefused(FILE + setting, "WRITE_DELAY");
    }

    /** */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTO_SERVER=TRUE",
                "auto_server=true",
                "AUTO_SERVER_PORT=9090",
                "INIT=RUNSCRIPT FROM 'x.sql'",
                " Init = drop all objects",
                "FILE_LOCK=NO",
                "IGNORECASE=TRUE",
                "COLLATION=ENGLISH",
                "MODE=PostgreSQL",
                "TRACE_LEVEL_FILE=3",
                "DB_CLOSE_ON_EXIT=TRUE",
                "ACCESS_MODE_DATA=r",
                "PASSWORD=hunter2",
                "USER=sa"
            })
    void anH2SettingThatBearsOnSafetyIsRefused(String setting) {
        String name = setting.split("=")[0].strip().toUpperCase(java.util.Locale.ROOT);
        assertRefused(FILE + ";" + setting, "The H2 setting " + name + " is not allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "keywright",
                "jdbc:mysql://localhost/keywright",
                "jdbc:h2:tcp://localhost/keywright",
                "jdbc:h2:ssl://localhost/keywright",
                "jdbc:h2:zip:keys.zip!/keywright",
                "jdbc:h2:split:nio:/data/keywright",
                "jdbc:h2:data/keywright",
                "jdbc:h2:file:keywright",
                "jdbc:h2:mem:",
                "jdbc:h2:"
            })
    void otherDatabasesAreRefused(String url) {
        assertRefused(url, "jdbc:h2:");
    }

    private static void assertRefused(String url, String why) {
        assertThatThrownBy(() -> Database.open(DatabaseSettings.of(url)))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void theFileOfADatabaseIsKnown() {
        assertThat(DatabaseUrl.parse("jdbc:h2:/data/../data/keywright;CACHE_SIZE=10")
                        .file())
                .contains(Path.of("/data/keywright.mv.db"));
        assertThat(DatabaseUrl.parse("jdbc:h2:~/keywright").file())
                .contains(Path.of(System.getProperty("user.home"), "keywright.mv.db"));
        assertThat(DatabaseUrl.parse("jdbc:h2:mem:x").file()).isEmpty();
        assertThat(DatabaseUrl.parse("jdbc:postgresql://db/keywright").file()).isEmpty();
    }

    /** */
    @Test
    void settingsArePrintedWithoutSecrets() {
        DatabaseSettings settings = new DatabaseSettings(
                "jdbc:postgresql://db/keywright?password=hunter2", Optional.of("alice"), Optional.of("hunter3"));

        assertThat(settings).asString().contains("//db/keywright").doesNotContain("hunter");
    }

    /** */
    @Test
    void theStandbyIsPrintedWithoutSecretsToo() {
        DatabaseSettings settings = DatabaseSettings.of("jdbc:postgresql://db/keywright")
                .withStandby("jdbc:postgresql://standby/keywright?password=hunter2");

        assertThat(settings).asString().contains("//standby/keywright").doesNotContain("hunter");
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:mem:x, jdbc:postgresql://standby/x",
        "jdbc:postgresql://db/x, jdbc:h2:mem:x",
        "jdbc:postgresql://db/x, 'jdbc:postgresql://one,two/x'",
        "jdbc:postgresql://db/x, jdbc:postgresql://db/x?ssl=true"
    })
    void whatCannotBeAStandbyIsRefused(String url, String standby) {
        DatabaseSettings settings = DatabaseSettings.of(url);

        assertThatThrownBy(() -> settings.withStandby(standby)).isInstanceOf(DatabaseRefusedException.class);
    }

    @Test
    void h2HasAPartOfTheHeapForItsCacheUnlessItIsGivenOne() {
        long kilobytes = Runtime.getRuntime().maxMemory() / 1024;

        assertThat(DatabaseUrl.parse(FILE).jdbcUrl()).contains(";CACHE_SIZE=" + Math.max(16 * 1024, kilobytes / 8));
        assertThat(DatabaseUrl.parse(FILE + ";cache_size=1000").jdbcUrl())
                .contains(";cache_size=1000")
                .doesNotContain(";CACHE_SIZE");
    }
}
