package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.activated;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.deactivated;
import static dev.keywright.testkit.Samples.insertAll;
import static dev.keywright.testkit.Samples.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What readers see while writers write: a page, its neighbours and its total are always of one moment. R-54 */
public abstract class SnapshotsContract extends KeyStoreContract {

    private static final int KEYS = 12;
    private static final int ACTIVE = 6;
    private static final int ROUNDS = 60;

    /**
     * Each write switches one key off and another one on, so that in every state of the store the same number is active;
     * a reader that sees another number has seen parts of two states.
     */
    @Test
    void aReaderNeverSeesPartsOfTwoStates() {
        CompanyId company = Samples.company();
        List<ApiKey> inserted = insertAll(keys(), created(company, KEYS));
        Deque<ApiKey> on = new ArrayDeque<>(inserted.subList(0, ACTIVE));
        Deque<ApiKey> off = new ArrayDeque<>();
        inserted.subList(ACTIVE, KEYS).forEach(key -> off.add(replace(keys(), deactivated(key))));
        AtomicBoolean over = new AtomicBoolean();

        Parallel.run(3, thread -> {
            if (thread == 0) {
                try {
                    swap(on, off);
                } finally {
                    over.set(true);
                }
            } else {
                do {
                    keys().read(keys -> {
                        assertThat(keys.count(company, KeyStatus.ACTIVE)).isEqualTo(ACTIVE);
                        assertThat(keys.older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, KEYS))
                                .hasSize(ACTIVE);
                        assertThat(keys.newer(company, KeyStatus.ACTIVE, ApiKeyId.OLDEST, KEYS))
                                .hasSize(ACTIVE);
                        assertThat(keys.count(company, KeyStatus.INACTIVE)).isEqualTo(KEYS - ACTIVE);
                        return thread;
                    });
                } while (!over.get());
            }
            return thread;
        });
    }

    private void swap(Deque<ApiKey> on, Deque<ApiKey> off) {
        for (int round = 0; round < ROUNDS; round++) {
            var ending = deactivated(on.remove());
            var starting = activated(off.remove());
            keys().write(keys -> {
                keys.replace(ending, ACTOR);
                keys.replace(starting, ACTOR);
                return ending;
            });
            off.add(ending.after());
            on.add(starting.after());
        }
    }

    @Test
    void aRowAndItsEventsAreOfOneState() {
        CompanyId company = Samples.company();
        ApiKey born = insertAll(keys(), created(company, 1)).get(0);
        AtomicBoolean over = new AtomicBoolean();

        Parallel.run(3, thread -> {
            if (thread == 0) {
                try {
                    ApiKey key = born;
                    for (int round = 0; round < ROUNDS; round++) {
                        key = replace(keys(), Samples.described(key, "round " + round));
                    }
                } finally {
                    over.set(true);
                }
            } else {
                do {
                    keys().read(keys -> {
                        long revision =
                                keys.find(company, born.id()).orElseThrow().revision();
                        assertThat(keys.events(company, born.id())).hasSize((int) revision);
                        return revision;
                    });
                } while (!over.get());
            }
            return thread;
        });
    }
}
