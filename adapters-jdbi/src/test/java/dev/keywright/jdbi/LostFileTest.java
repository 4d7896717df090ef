package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import dev.keywright.testkit.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** a database that kept keys and is gone or damaged is refused; nobody begins with an empty one unawares. */
final class LostFileTest {

    private static final int KEYS = 300;

    private final CompanyId company = Samples.company();
    private List<ApiKey> keys;

    @TempDir
    private Path folder;

    @BeforeEach
    void keepKeys() {
        try (Database database = Database.open(settings())) {
            keys = Samples.insertAll(database.store(), Samples.created(company, KEYS));
        }
    }

    private DatabaseSettings settings() {
        return TestDatabases.inFile(folder);
    }

    private Path file() {
        return folder.resolve("keys.mv.db");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> Database.open(settings()))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining(why)
                .hasMessageContaining("backup");
    }

    /** As on a full disk, at every start. */
    @Test
    void aMarkerThatCannotTakeItsPlaceLeavesNothingBehind() throws IOException {
        Path marker = folder.resolve("keys.initialised");
        Files.delete(marker);
        Files.createDirectories(marker.resolve("in the way"));

        assertThatThrownBy(() -> new InitialisedMarker(file()).set(1)).isInstanceOf(UncheckedIOException.class);

        try (Stream<Path> inside = Files.list(folder)) {
            assertThat(inside).noneMatch(file -> file.toString().endsWith(".new"));
        }
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        Files.delete(file());

        assertRefused("is missing or empty");
        assertThat(file()).doesNotExist();
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Files.write(file(), new byte[0]);

        assertRefused("is missing or empty");
        assertThat(file()).isEmptyFile();
    }

    @Test
    void aDatabaseWithoutTheTablesIsRefused() throws IOException, SQLException {
        Files.delete(file());
        DriverManager.getConnection(settings().url(), "sa", "").close();

        assertRefused("holds none of Keywright's tables");
        assertRefused("holds none of Keywright's tables");
    }

    @Test
    void whoeverDeletesTheMarkerBeginsAnew() throws IOException {
        Files.delete(file());
        Files.delete(folder.resolve("keys.initialised"));

        try (Database database = Database.open(settings())) {
            assertThat(database.store().<Boolean>read(found -> found.isEmpty())).isTrue();
        }
        assertThat(folder.resolve("keys.initialised")).exists();
    }

    @Test
    void aDatabaseFromBeforeTheMarkerIsOpenedAndMarked() throws IOException {
        Files.delete(folder.resolve("keys.initialised"));

        assertAllKeysAreThere();
        assertThat(folder.resolve("keys.initialised")).exists();
    }

    /** a backup put back in place of the database would revive what was revoked since. */
    @Test
    void anOlderStateIsRefusedUntilSomebodyWantsIt() throws IOException {
        byte[] older = Files.readAllBytes(file());
        try (Database database = Database.open(settings())) {
            Samples.insert(database.store(), company);
        }
        Files.write(file(), older);

        assertRefused("has lost its last changes");
        Files.delete(folder.resolve("keys.initialised"));
        assertAllKeysAreThere();
    }

    @Test
    void noiseIsRefused() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        Files.write(file(), noise);

        assertRefused("damaged");
        assertThat(Files.readAllBytes(file())).isEqualTo(noise);
    }

    /** A part of a file is refused, or its damage shows when it is read: it is never taken for a store with fewer keys. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30, 50, 70, 90, 99})
    void aTruncatedFileIsNeverAStoreWithFewerKeys(int percent) throws IOException {
        byte[] whole = Files.readAllBytes(file());
        Files.write(file(), java.util.Arrays.copyOf(whole, whole.length * percent / 100));

        assertNeverFewerKeys();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64, 256})
    void aFileWithFlippedBytesIsRefused(int distance) throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        for (int at = 0; at < bytes.length; at += distance) {
            bytes[at] ^= 0x55;
        }
        Files.write(file(), bytes);

        assertRefused("damaged");
        assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
    }

    private void assertNeverFewerKeys() {
        try {
            assertAllKeysAreThere();
        } catch (DatabaseRefusedException refused) {
            assertThat(refused).hasMessageContaining(file().toString());
        } catch (StoreFailure failure) {
            assertThat(failure).hasMessageContaining("keys");
        }
    }

    private void assertAllKeysAreThere() {
        try (Database database = Database.open(settings())) {
            List<ApiKeyId> found = database
                    .store()
                    .<List<ApiKey>>read(all -> all.older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 2 * KEYS))
                    .stream()
                    .map(ApiKey::id)
                    .sorted()
                    .toList();
            assertThat(found).isEqualTo(keys.stream().map(ApiKey::id).toList());
        }
    }
}
