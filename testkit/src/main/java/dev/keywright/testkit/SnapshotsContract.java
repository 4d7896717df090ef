package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.activated;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.deactivated;
import static dev.keywright.testkit.Samples.insertAll;
import static dev.keywright.testkit.Samples.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What readers see while writers write: a page, its neighbours and its total are always of one moment. R-54 */
public abstract class SnapshotsContract extends KeyStoreContract {

    private static final int PAIRS = 5;
    private static final int LOOKS = 100;
    private static final int PATIENT_LOOKS = 3;

    private final CompanyId company = Samples.company();
    private final Semaphore writes = new Semaphore(0);

    /** While a writer writes on, a reader looks twice in each read, at first with time for the writer in between. */
    private void whileWriting(Runnable write, Function<KeyReader, Object> look) {
        AtomicBoolean over = new AtomicBoolean();
        Parallel.run(2, thread -> {
            if (thread == 0) {
                while (!over.get()) {
                    write.run();
                    writes.release();
                }
                return thread;
            }
            try {
                for (int time = 0; time < LOOKS; time++) {
                    boolean patient = time < PATIENT_LOOKS;
                    keys().read(keys -> {
                        Object first = look.apply(keys);
                        if (patient) {
                            letTheWriterCommit();
                        }
                        assertThat(look.apply(keys)).isEqualTo(first);
                        return keys;
                    });
                }
            } finally {
                over.set(true);
            }
            return thread;
        });
    }

    /** A store may let the writer wait for readers, so the reader does not wait for the writer for ever. */
    private void letTheWriterCommit() {
        writes.drainPermits();
        try {
            writes.tryAcquire(2, Parallel.CHANCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Each write switches two keys at once, so that an even number is active in every state, and another number than in
     * the state before; a reader who counts an odd one, or lists more or less than it counts, has seen parts of two states.
     */
    @Test
    void aReaderNeverSeesPartsOfTwoStates() {
        Deque<ApiKey> turns = new ArrayDeque<>(insertAll(keys(), created(company, 2 * PAIRS)));

        whileWriting(() -> switchTwo(turns), keys -> {
            long active = keys.count(company, KeyStatus.ACTIVE);
            assertThat(active).isEven();
            List<ApiKey> listed = keys.older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 100);
            assertThat(listed).hasSize((int) active);
            assertThat(keys.newer(company, KeyStatus.ACTIVE, ApiKeyId.OLDEST, 100))
                    .hasSize((int) active);
            assertThat(keys.count(company, KeyStatus.INACTIVE)).isEqualTo(2 * PAIRS - active);
            return List.copyOf(listed);
        });
    }

    private void switchTwo(Deque<ApiKey> turns) {
        KeyChange first = switched(turns.remove());
        KeyChange second = switched(turns.remove());
        keys().write(keys -> {
            keys.replace(first, ACTOR);
            keys.replace(second, ACTOR);
            return first;
        });
        turns.add(first.after());
        turns.add(second.after());
    }

    private static KeyChange switched(ApiKey key) {
        return key.enabled() ? deactivated(key) : activated(key);
    }

    @Test
    void aRowAndItsEventsAreOfOneState() {
        ApiKey born = insertAll(keys(), created(company, 1)).get(0);
        Deque<ApiKey> present = new ArrayDeque<>(List.of(born));

        whileWriting(
                () -> {
                    ApiKey key = present.remove();
                    present.add(replace(keys(), Samples.described(key, "after revision " + key.revision())));
                },
                keys -> {
                    long revision = keys.find(company, born.id()).orElseThrow().revision();
                    assertThat(keys.events(company, born.id())).hasSize((int) revision);
                    return revision;
                });
    }
}
