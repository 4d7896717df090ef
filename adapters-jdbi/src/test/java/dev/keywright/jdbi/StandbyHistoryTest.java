package dev.keywright.jdbi;

import static dev.keywright.jdbi.StreamingStandby.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.ChangedKey;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many changes, here and elsewhere, beside many look-ups, while the standby falls behind and catches up at random. Short, unless
 * the system property {@code keywright.thorough} is true.
 */
final class StandbyHistoryTest {

    private static final Duration DURATION = Duration.ofSeconds(Boolean.getBoolean("keywright.thorough") ? 60 : 2);

    private static final ChangeListener NOBODY = new ChangeListener() {
        @Override
        public void told(Collection<ChangedKey> changes, long asOf) {}

        @Override
        public void lost() {}
    };

    @BeforeAll
    static void requireBinaries() {
        assumeTrue(
                StreamingStandby.isPossible(), "a standby needs PostgreSQL's binaries; the tests were given a server");
    }

    @Test
    void noLookUpIsOlderThanWhatWasAcknowledgedHereOrToldOfOthers() {
        StreamingStandby servers = StreamingStandby.running();
        DatabaseSettings settings = servers.newDatabase();
        try (Database here = Database.open(settings);
                Database elsewhere = Database.open(settings)) {
            ChangeListener feed = here.throughStandby(Duration.ofHours(1), NOBODY);
            feed.told(List.of(), System.nanoTime());
            ApiKey first = Samples.insert(here.store(), Samples.company());
            until(() -> here.store().lookUp(first.credential().reference()).isPresent()
                    && here.standby().orElseThrow().answered() > 0);
            long end = System.nanoTime() + DURATION.toNanos();
            List<CompletableFuture<Integer>> changing = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                boolean mine = i > 0;
                changing.add(onOwnThread(() -> change(here, mine ? here : elsewhere, feed, end)));
            }
            CompletableFuture<Integer> lagging = onOwnThread(() -> lag(servers, end));

            assertThat(changing).allMatch(each -> each.join() > 0);
            assertThat(lagging.join()).isPositive();
            assertThat(here.standby().orElseThrow().answered()).isPositive();
        } finally {
            servers.resumeReplay();
        }
    }

    private interface Work {
        int run();
    }

    private static CompletableFuture<Integer> onOwnThread(Work work) {
        return CompletableFuture.supplyAsync(work::run, task -> new Thread(task).start());
    }

    /** Switches keys of its own on and off, and looks at them after each change as often as a standby might need to catch up. */
    private static int change(Database here, Database where, ChangeListener feed, long end) {
        Random random = new Random();
        List<ApiKey> keys = new ArrayList<>(Samples.insertAll(where.store(), Samples.created(Samples.company(), 3)));
        int changes = 0;
        while (System.nanoTime() < end) {
            int at = random.nextInt(keys.size());
            ApiKey key = keys.get(at);
            keys.set(
                    at,
                    Samples.replace(where.store(), key.enabled() ? Samples.deactivated(key) : Samples.activated(key)));
            changes++;
            if (here != where) {
                synchronized (feed) {
                    feed.told(
                            List.of(new ChangedKey(
                                    keys.get(at).credential().reference(),
                                    keys.get(at).revision())),
                            System.nanoTime());
                }
            }
            for (int look = random.nextInt(60); look >= 0; look--) {
                ApiKey looked = keys.get(random.nextInt(keys.size()));
                assertThat(here.store().lookUp(looked.credential().reference())).contains(VerifiableKey.of(looked));
            }
        }
        return changes;
    }

    private static int lag(StreamingStandby servers, long end) {
        int times = 0;
        while (System.nanoTime() < end) {
            servers.pauseReplay();
            servers.resumeReplay();
            times++;
        }
        return times;
    }
}
