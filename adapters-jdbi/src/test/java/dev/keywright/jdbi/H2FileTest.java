package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.SecretDigester;
import dev.keywright.testkit.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The file of an H2 database: whose it is, and what is in it. */
final class H2FileTest {

    private final CompanyId company = Samples.company();

    @TempDir
    private Path folder;

    private DatabaseSettings settings() {
        return TestDatabases.inFile(folder);
    }

    @Test
    void keysAreThereWhenTheFileIsOpenedAgain() {
        ApiKey key;
        try (Database database = Database.open(settings())) {
            key = Samples.insert(database.store(), company);
        }

        try (Database database = Database.open(settings())) {
            assertThat(Samples.stored(database.store(), key)).contains(key);
        }
    }

    @Test
    void theirLastUseIsThereToo() {
        KeyUse use = new KeyUse(Samples.NOW, Optional.of(IpAddress.parse("2001:db8::7")));
        KeyChange birth = Samples.created(company);
        ApiKey key = birth.after();
        try (Database database = Database.open(settings())) {
            Samples.insert(database.store(), birth);
            database.store().write(keys -> {
                keys.noteUses(List.of(new NotedUse(company, key.id(), use)));
                return use;
            });
        }

        try (Database database = Database.open(settings())) {
            assertThat(Samples.stored(database.store(), key)).contains(key.withLastUse(Optional.of(use)));
        }
    }

    /** */
    @Test
    void aSecondProcessIsRefused() {
        try (Database database = Database.open(settings());
                ChildJvm other = ChildJvm.start(OpenAndTell.class, settings().url())) {
            List<String> told = other.lines().toList();

            assertThat(told).singleElement().asString().startsWith("refused: The database file " + folder);
            assertThat(told.get(0)).contains("in use by another process");
            assertThat(database.isReachable()).isTrue();
        }
    }

    /** */
    @Test
    void aClosedDatabaseIsFreeForOthers() {
        Database.open(settings()).close();

        try (ChildJvm other = ChildJvm.start(OpenAndTell.class, settings().url())) {
            assertThat(other.lines()).containsExactly("open");
        }
    }

    @Test
    void anotherPasswordIsRefused() {
        DatabaseSettings first = new DatabaseSettings(settings().url(), Optional.of("kw"), Optional.of("one"));
        Database.open(first).close();

        assertThatThrownBy(() ->
                        Database.open(new DatabaseSettings(first.url(), Optional.of("kw"), Optional.of("hunter2"))))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("user or password")
                .hasMessageNotContaining("hunter2");
    }

    /** what H2 itself says of the settings in force, to a connection that brings none of its own. */
    @Test
    void noCommitIsDelayed() throws SQLException {
        try (Database database = Database.open(settings());
                Connection connection = DriverManager.getConnection(
                        DatabaseUrl.parse(settings().url()).jdbcUrl().split(";")[0], "sa", "");
                var delay = connection
                        .createStatement()
                        .executeQuery("select setting_value from information_schema.settings"
                                + " where setting_name = 'WRITE_DELAY'")) {
            assertThat(delay.next()).isTrue();
            assertThat(delay.getString(1)).isEqualTo("0");
            assertThat(database.isReachable()).isTrue();
        }
    }

    /** */
    @Test
    void aDelayThatIsInForceIsRefused() throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings().url() + ";WRITE_DELAY=500", "sa", "")) {
            assertThatThrownBy(() -> Database.requireSafeSettings(
                            connection, DatabaseUrl.parse(settings().url())))
                    .isInstanceOf(DatabaseRefusedException.class)
                    .hasMessageContaining("WRITE_DELAY=0");
        }
    }

    /** digests and names are for the owner of the process alone. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatIsMadeForItIsClosedToOthers() throws IOException {
        Path made = folder.resolve("new/data");
        try (Database database = Database.open(TestDatabases.inFile(made))) {
            assertThat(database.isReachable()).isTrue();
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve("keys.mv.db"))))
                .isEqualTo("rw-------");
    }

    /** neither a secret nor a trace of statements is in any file of the database. */
    @Test
    void noSecretIsInAnyFile() throws IOException {
        KeySecret secret = Samples.secret();
        String random = secret.reveal().substring(secret.reveal().length() - 38);
        try (Database database = Database.open(settings())) {
            KeyStore store = database.store();
            Samples.insert(
                    store,
                    ApiKey.create(
                            Samples.id(), company, Samples.draft(), KeyCredential.of(secret, SecretDigester.sha256())));
            assertThatThrownBy(() -> Samples.insert(
                            store,
                            ApiKey.create(
                                    Samples.id(),
                                    company,
                                    Samples.draft(),
                                    KeyCredential.of(secret, SecretDigester.sha256()))))
                    .isInstanceOf(RuntimeException.class);
        }

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .containsExactlyInAnyOrder("keys.mv.db", "keys.initialised", "keys.reserve");
        }
        byte[] bytes = Files.readAllBytes(folder.resolve("keys.mv.db"));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains(secret.reference().value())
                .doesNotContain(random);
        assertThat(new String(bytes, StandardCharsets.UTF_16BE)).doesNotContain(random);
        assertThat(new String(bytes, StandardCharsets.UTF_16LE)).doesNotContain(random);
    }

    @Test
    void anInterruptedThreadDoesNotHarmTheDatabase() {
        try (Database database = Database.open(settings())) {
            Thread.currentThread().interrupt();
            ApiKey key = Samples.insert(database.store(), company);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(Samples.stored(database.store(), key)).contains(key);
        } finally {
            Thread.interrupted();
        }
    }
}
