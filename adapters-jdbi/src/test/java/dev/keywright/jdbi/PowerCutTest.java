package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.Caller;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.Precondition;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.UserId;
import dev.keywright.jdbi.Medium.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * the power fails while four threads change keys in an H2 file. Of what was not forced onto the disk, nothing is left,
 * or some of it. What was acknowledged is there, and nothing is there by half. Two hundred cuts of each kind with the system
 * property {@code keywright.thorough=true}, else a few.
 */
final class PowerCutTest {

    private static final Caller CALLER = StreamOfChanges.CALLER;
    private static final int CUTS = Boolean.getBoolean("keywright.thorough") ? 200 : 3;
    private static final int WRITERS = 4;

    private final Random random = new Random();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyAcknowledgedChangeSurvivesTheLossOfPower(Fate fate) throws Exception {
        int acknowledged = 0;
        for (int cut = 0; cut < CUTS; cut++) {
            DatabaseSettings settings = TestDatabases.inFile(Files.createDirectory(folder.resolve("cut" + cut)));

            Map<ApiKeyId, Integer> changes = cutWhileItIsBusy(settings, fate, 5 + random.nextInt(20));

            assertThat(lost(settings, changes)).isEmpty();
            assertNothingIsThereByHalf(settings);
            acknowledged += changes.size();
        }
        assertThat(acknowledged).isPositive();
    }

    /** That the test above can fail: what is not synced is lost with the power. */
    @Test
    void withoutSyncAcknowledgedChangesAreLost() throws Exception {
        DatabaseSettings settings = TestDatabases.inFile(folder).withoutSync();

        Map<ApiKeyId, Integer> changes = cutWhileItIsBusy(settings, Fate.LOST, 20);

        assertThat(lost(settings, changes)).isNotEmpty();
        assertNothingIsThereByHalf(settings);
    }

    /** Changes keys until so many changes were acknowledged and the power fails; answers what was acknowledged before. */
    private Map<ApiKeyId, Integer> cutWhileItIsBusy(DatabaseSettings settings, Fate fate, int enough)
            throws IOException, InterruptedException {
        DatabaseUrl url = DatabaseUrl.parse(settings.url()).throughFileSystem(FaultyDisk.PREFIX);
        Path file = url.file().orElseThrow();
        Medium medium = FaultyDisk.holding(file);
        Map<ApiKeyId, Integer> acknowledged = new ConcurrentHashMap<>();
        CountDownLatch busy = new CountDownLatch(enough);
        List<Thread> writers = new ArrayList<>();
        Path remains = folder.resolve("remains");
        Map<ApiKeyId, Integer> before;
        Database database = Database.open(url, settings, 2, 1);
        medium.force();
        KeyAdministration keys = new KeyAdministration(
                database.store(), InstantSource.system(), new SecureRandom(), KeyPolicy.defaults());
        for (int each = 0; each < WRITERS; each++) {
            Thread writer = new Thread(() -> changeUntilItFails(keys, acknowledged, busy));
            writers.add(writer);
            writer.start();
        }
        busy.await();
        before = Map.copyOf(acknowledged);
        Path marker = file.resolveSibling("keys.initialised");
        byte[] noted = Files.readAllBytes(marker);
        medium.cut(fate, random, remains);
        for (Thread writer : writers) {
            writer.join(Duration.ofSeconds(30).toMillis());
            assertThat(writer.isAlive()).isFalse();
        }
        database.close();
        Files.move(remains, file, StandardCopyOption.REPLACE_EXISTING);
        // Whoever loses power notes nothing at the end.
        Files.write(marker, noted);
        return before;
    }

    /** Notes after each acknowledgement how many changes a key has had. */
    private static void changeUntilItFails(
            KeyAdministration keys, Map<ApiKeyId, Integer> acknowledged, CountDownLatch busy) {
        assertThatThrownBy(() -> {
                    while (true) {
                        ApiKeyId id = keys.create(CALLER, KeyDraft.of(new UserId("alice")))
                                .key()
                                .id();
                        acknowledged.put(id, 1);
                        KeyUpdate update = KeyUpdate.nothing().withDescription(new Description("2"));
                        keys.update(CALLER, id, update, Precondition.none());
                        acknowledged.put(id, 2);
                        keys.delete(CALLER, id, Precondition.none());
                        acknowledged.put(id, 3);
                        busy.countDown();
                    }
                })
                .isInstanceOf(StoreFailure.class);
    }

    private static List<ApiKeyId> lost(DatabaseSettings settings, Map<ApiKeyId, Integer> acknowledged) {
        try (Database database = Database.open(settings)) {
            KeyStore store = database.store();
            return acknowledged.entrySet().stream()
                    .filter(known -> changes(store, known.getKey()) < known.getValue())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private static long changes(KeyStore store, ApiKeyId id) {
        return store.read(keys -> keys.find(CALLER.company(), id))
                .map(ApiKey::revision)
                .orElse(0L);
    }

    private static void assertNothingIsThereByHalf(DatabaseSettings settings) {
        try (Database database = Database.open(settings)) {
            assertThat(database.isReachable()).isTrue();
            Jdbi sql = Jdbi.create(DatabaseUrl.parse(settings.url()).jdbcUrl(), "sa", "");
            String sums = """
                    select coalesce(sum(revision), 0) = (select count(*) from api_key_event)
                      and count(*) = (select coalesce(sum(keys), 0) from api_key_count)
                    from api_key
                    """;
            boolean whole = sql.withHandle(
                    handle -> handle.createQuery(sums).mapTo(boolean.class).one());
            assertThat(whole).isTrue();
        }
    }
}
