package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.PageRequest;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** after so many more writes of H2's, the disk under its file is full, and later it has space again. */
final class FullMediumTest {

    private static final KeyDraft DRAFT = KeyDraft.of(new UserId("alice"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void whateverWriteFailsKeysAreReadAndTheStoreGoesOnWhenThereIsSpace(long writes) throws IOException {
        DatabaseSettings settings = TestDatabases.inFile(Files.createDirectory(folder.resolve("after" + writes)));
        DatabaseUrl url = DatabaseUrl.parse(settings.url()).throughFileSystem(FaultyDisk.PREFIX);
        Medium medium = FaultyDisk.holding(url.file().orElseThrow());
        Set<ApiKeyId> acknowledged = new HashSet<>();
        long total;
        try (Database database = Database.open(url, settings, 2, 1)) {
            KeyAdministration keys = StreamOfChanges.administration(database);
            acknowledged.add(created(keys));

            medium.fillUpAfter(writes);
            StoreFailure refused = catchThrowableOfType(StoreFailure.class, () -> {
                for (long attempt = 0; attempt <= writes; attempt++) {
                    acknowledged.add(created(keys));
                }
            });
            long whileFull = total(keys);
            medium.makeSpace();
            acknowledged.add(created(keys));

            assertThat(refused).isNotNull();
            total = total(keys);
            assertThat(whileFull).isBetween(acknowledged.size() - 1L, (long) acknowledged.size());
            assertThat(total).isEqualTo(whileFull + 1);
            assertThat(acknowledged).allMatch(id -> isThere(database, id));
        }
        try (Database again = Database.open(settings)) {
            assertThat(total(StreamOfChanges.administration(again))).isEqualTo(total);
            assertThat(acknowledged).allMatch(id -> isThere(again, id));
        }
    }

    private static ApiKeyId created(KeyAdministration keys) {
        return keys.create(StreamOfChanges.CALLER, DRAFT).key().id();
    }

    private static long total(KeyAdministration keys) {
        return keys.list(StreamOfChanges.CALLER, PageRequest.first()).total();
    }

    private static boolean isThere(Database database, ApiKeyId id) {
        return database.store()
                .read(keys -> keys.find(StreamOfChanges.CALLER.company(), id))
                .isPresent();
    }
}
