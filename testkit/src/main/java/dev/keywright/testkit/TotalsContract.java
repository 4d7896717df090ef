package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/**
 * The total of a list is the number of keys that a walk finds, for both statuses and in every snapshot, whatever was created,
 * switched and deleted, at the same time and in vain. A store may count in any way it likes. R-54
 */
public abstract class TotalsContract extends KeyStoreContract {

    private static final int THREADS = 4;
    private static final int STEPS = 8;
    private static final int PART = 3;

    private final CompanyId company = Samples.company();

    /** Says that a unit of work was meant to fail. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static void assertTotals(KeyReader keys, CompanyId company) {
        for (KeyStatus status : KeyStatus.values()) {
            assertThat(keys.count(company, status)).as("total of %s", status).isEqualTo(walk(keys, company, status));
        }
    }

    private static long walk(KeyReader keys, CompanyId company, KeyStatus status) {
        long met = 0;
        ApiKeyId position = ApiKeyId.NEWEST;
        while (true) {
            List<ApiKey> part = keys.older(company, status, position, 0, PART);
            if (part.isEmpty()) {
                return met;
            }
            met += part.size();
            position = part.get(part.size() - 1).id();
        }
    }

    private <R> R retried(Function<KeyWriter, R> work) {
        while (true) {
            try {
                return keys().<R>write(work);
            } catch (WriteConflict another) {
                // Whoever meets another one begins anew, as the use cases do.
                assertThat(another).isNotNull();
            }
        }
    }

    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
    void afterAnyHistoryOnSeveralThreadsTheTotalIsWhatAWalkFinds(@ForAll long seed) {
        CompanyId mine = Samples.company();
        List<ApiKeyId> shared = Samples.insertAll(keys(), created(mine, 3)).stream()
                .map(ApiKey::id)
                .toList();
        AtomicBoolean over = new AtomicBoolean();

        Parallel.run(THREADS + 1, thread -> {
            if (thread == THREADS) {
                watch(mine, over);
                return thread;
            }
            try {
                Random random = new Random(seed + thread);
                List<ApiKeyId> known = new ArrayList<>(shared);
                for (int step = 0; step < STEPS; step++) {
                    step(mine, known, random);
                }
            } finally {
                over.set(true);
            }
            return thread;
        });

        keys().read(keys -> {
            assertTotals(keys, mine);
            return keys;
        });
    }

    private void watch(CompanyId mine, AtomicBoolean over) {
        do {
            keys().read(keys -> {
                assertTotals(keys, mine);
                return keys;
            });
        } while (!over.get());
    }

    /** A unit of work with one to three changes, of which every fourth fails in the end. */
    private void step(CompanyId mine, List<ApiKeyId> known, Random random) {
        long seed = random.nextLong();
        try {
            known.addAll(retried(keys -> {
                Random same = new Random(seed);
                List<ApiKeyId> made = new ArrayList<>();
                int changes = 1 + same.nextInt(3);
                for (int change = 0; change < changes; change++) {
                    change(keys, mine, known, made, same);
                }
                if (same.nextInt(4) == 0) {
                    throw new GivenUp();
                }
                return made;
            }));
        } catch (GivenUp meant) {
            assertThat(meant).isNotNull();
        }
    }

    private static void change(
            KeyWriter keys, CompanyId mine, List<ApiKeyId> known, List<ApiKeyId> made, Random random) {
        if (random.nextInt(3) == 0) {
            KeyChange birth = created(mine);
            keys.insert(birth, ACTOR);
            made.add(birth.after().id());
            return;
        }
        ApiKey key = keys.find(mine, known.get(random.nextInt(known.size()))).orElseThrow();
        if (key.deletedAt().isEmpty()) {
            keys.replace(next(key, random), ACTOR);
        }
    }

    private static KeyChange next(ApiKey key, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Samples.deleted(key);
            case 1 -> Samples.described(key, "number " + random.nextLong());
            default -> key.enabled() ? Samples.deactivated(key) : Samples.activated(key);
        };
    }

    @Test
    void aWriterCountsItsOwnChanges() {
        List<KeyChange> births = created(company, 4);

        keys().write(keys -> {
            for (KeyChange birth : births) {
                keys.insert(birth, ACTOR);
                assertTotals(keys, company);
            }
            KeyChange off = Samples.deactivated(births.get(0).after());
            keys.replace(off, ACTOR);
            assertTotals(keys, company);
            keys.replace(Samples.activated(off.after()), ACTOR);
            keys.replace(Samples.deleted(births.get(1).after()), ACTOR);
            assertTotals(keys, company);
            assertThat(keys.count(company, KeyStatus.ACTIVE)).isEqualTo(3);
            return births;
        });

        assertThat(totals()).containsExactly(3, 1);
    }

    @Test
    void aChangeThatWasNotReadBeforeIsCountedToo() {
        ApiKey key = Samples.insert(keys(), company);

        Samples.replace(keys(), Samples.deactivated(key));

        assertThat(totals()).containsExactly(0, 1);
    }

    @Test
    void aChangeThatKeepsTheStatusKeepsTheTotals() {
        ApiKey key = Samples.insert(keys(), company);
        ApiKey off = Samples.replace(keys(), Samples.deactivated(key));

        ApiKey dead = Samples.replace(keys(), Samples.deleted(Samples.replace(keys(), Samples.described(off, "off"))));

        assertThat(dead.status()).isEqualTo(KeyStatus.INACTIVE);
        assertThat(totals()).containsExactly(0, 1);
    }

    @Test
    void workThatFailsIsNotCounted() {
        ApiKey key = Samples.insert(keys(), company);

        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.replace(Samples.deleted(key), ACTOR);
                    keys.insert(created(company), ACTOR);
                    throw new GivenUp();
                }))
                .isInstanceOf(GivenUp.class);
        assertThatThrownBy(() -> Samples.replace(
                        keys(), Samples.described(Samples.deactivated(key).after(), "late")))
                .isInstanceOf(WriteConflict.class);
        assertThatThrownBy(() -> Samples.insert(keys(), created(company, key.id())))
                .isInstanceOf(WriteConflict.class);

        assertThat(totals()).containsExactly(1, 0);
    }

    @Test
    void oneWriteMayCountForSeveralCompanies() {
        CompanyId other = Samples.company();

        keys().write(keys -> {
            keys.insert(created(other), ACTOR);
            keys.insert(created(company), ACTOR);
            keys.insert(created(other), ACTOR);
            return keys;
        });

        assertThat(totals()).containsExactly(1, 0);
        assertThat(keys().<Long>read(keys -> keys.count(other, KeyStatus.ACTIVE)))
                .isEqualTo(2);
    }

    @Test
    void manyWhoBeginACompanyTogetherAreAllCounted() {
        Parallel.run(
                16,
                thread -> retried(keys -> {
                    KeyChange birth = created(company);
                    keys.insert(birth, ACTOR);
                    return birth;
                }));

        assertThat(totals()).containsExactly(16, 0);
    }

    private long[] totals() {
        return keys().read(keys ->
                new long[] {keys.count(company, KeyStatus.ACTIVE), keys.count(company, KeyStatus.INACTIVE)});
    }
}
