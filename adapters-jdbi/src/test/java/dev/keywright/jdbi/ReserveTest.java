package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.testkit.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** where no reserve can be made, as on a full disk, changes are refused and nothing else is. */
final class ReserveTest {

    private final CompanyId company = Samples.company();

    @TempDir
    private Path folder;

    private Path reserve() {
        return folder.resolve("keys.reserve");
    }

    /** A folder stands where the reserve would. */
    private void preventIt() throws IOException {
        Files.deleteIfExists(reserve());
        Files.createDirectories(reserve().resolve("full"));
    }

    private void allowIt() throws IOException {
        Files.delete(reserve().resolve("full"));
        Files.delete(reserve());
    }

    @Test
    void itIsMadeBeforeTheFirstChange() throws IOException {
        try (Database database = Database.open(TestDatabases.inFile(folder))) {
            Samples.insert(database.store(), company);

            assertThat(reserve()).hasSize(Reserve.BYTES);
        }
    }

    @Test
    void withoutItChangesAreRefusedAndReadsAreNot() throws IOException {
        try (Database database = Database.open(TestDatabases.inFile(folder))) {
            ApiKey key = Samples.insert(database.store(), company);
            preventIt();

            assertThatThrownBy(() -> Samples.insert(database.store(), company))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("53100")
                    .hasRootCauseMessage("the disk of the database is full");
            assertThat(Samples.stored(database.store(), key)).contains(key);
        }
    }

    @Test
    void changesGoOnOnceItCanBeMade() throws IOException {
        try (Database database = Database.open(TestDatabases.inFile(folder))) {
            preventIt();
            assertThatThrownBy(() -> Samples.insert(database.store(), company)).isInstanceOf(StoreFailure.class);

            allowIt();

            ApiKey key = Samples.insert(database.store(), company);
            assertThat(Samples.stored(database.store(), key)).contains(key);
        }
    }

    @Test
    void whoGivesItUpTwiceHasNoMoreSpace() {
        Reserve reserve = Reserve.beside(folder.resolve("keys.mv.db"));
        assertThat(reserve.isKept()).isTrue();

        assertThat(reserve.giveUp()).isTrue();
        assertThat(reserve.giveUp()).isFalse();
    }
}
