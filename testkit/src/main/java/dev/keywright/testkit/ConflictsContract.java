package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.deactivated;
import static dev.keywright.testkit.Samples.described;
import static dev.keywright.testkit.Samples.draft;
import static dev.keywright.testkit.Samples.id;
import static dev.keywright.testkit.Samples.insert;
import static dev.keywright.testkit.Samples.replace;
import static dev.keywright.testkit.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.VerifiableKey;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Writers who meet: none overwrites what it has not seen, and none is told that it wrote when it did not. */
public abstract class ConflictsContract extends KeyStoreContract {

    private final CompanyId company = Samples.company();

    private void assertConflict(Consumer<KeyWriter> work) {
        KeyChange before = created(company);

        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.insert(before, ACTOR);
                    work.accept(keys);
                    return before;
                }))
                .isInstanceOf(WriteConflict.class);

        assertThat(stored(keys(), before.after())).as("nothing is kept").isEmpty();
    }

    @Test
    void anIdIsTakenOnce() {
        ApiKey key = insert(keys(), company);

        assertConflict(keys -> keys.insert(created(company, key.id()), ACTOR));

        assertThat(stored(keys(), key)).contains(key);
    }

    @Test
    void anIdIsTakenOnceInAllCompanies() {
        ApiKey key = insert(keys(), company);
        CompanyId other = Samples.company();

        assertConflict(keys -> keys.insert(created(other, key.id()), ACTOR));

        assertThat(stored(keys(), key)).contains(key);
        assertThat(keys().<Boolean>read(keys -> keys.find(other, key.id()).isPresent()))
                .isFalse();
    }

    /** */
    @Test
    void aReferenceIsTakenOnceInAllCompanies() {
        ApiKey key = insert(keys(), company);

        for (CompanyId asking : List.of(company, Samples.company())) {
            assertConflict(keys -> keys.insert(ApiKey.create(id(), asking, draft(), key.credential()), ACTOR));
        }

        assertThat(keys().lookUp(key.credential().reference())).contains(VerifiableKey.of(key));
    }

    @Test
    void anIdIsTakenOnceWithinOneWrite() {
        KeyChange birth = created(company);

        assertConflict(keys -> {
            keys.insert(birth, ACTOR);
            keys.insert(created(company, birth.after().id()), ACTOR);
        });
    }

    @Test
    void whatWasNeverThereIsNotReplaced() {
        ApiKey never = created(company).after();

        assertConflict(keys -> keys.replace(deactivated(never), ACTOR));

        assertThat(stored(keys(), never)).isEmpty();
    }

    @Test
    void aStateThatRestsOnAnOlderOneIsNotPutInPlace() {
        ApiKey key = insert(keys(), company);
        ApiKey now = replace(keys(), described(key, "first"));

        assertConflict(keys -> keys.replace(described(key, "second"), ACTOR));

        assertThat(stored(keys(), key)).contains(now);
        assertThat(keys().<Integer>read(keys -> keys.events(company, key.id()).size()))
                .isEqualTo(2);
    }

    @Test
    void aStateThatSkipsARevisionIsNotPutInPlace() {
        ApiKey key = insert(keys(), company);
        KeyChange tooFar = described(described(key, "first").after(), "second");

        assertConflict(keys -> keys.replace(tooFar, ACTOR));

        assertThat(stored(keys(), key)).contains(key);
    }

    /** A database may have undone the work at the conflict; to hand back a result then would be a lie. */
    @Test
    void aConflictThatTheWorkKeepsToItselfStillEndsIt() {
        ApiKey key = insert(keys(), company);

        assertConflict(keys -> {
            try {
                keys.insert(created(company, key.id()), ACTOR);
            } catch (WriteConflict swallowed) {
                assertThat(swallowed).isNotNull();
            }
        });
    }

    @Test
    void aKeyFoundInAWriteIsHeldUntilItEnds() {
        ApiKey key = insert(keys(), company);
        KeyChange mine = described(key, "mine");

        var other = keys().write(keys -> {
            assertThat(keys.find(company, key.id())).contains(key);
            var waiting = Parallel.start(() -> keys().write(others -> {
                ApiKey found = others.find(company, key.id()).orElseThrow();
                others.replace(deactivated(found), ACTOR);
                return found;
            }));
            waiting.hasEndedAfterAChance();
            assertThat(keys.find(company, key.id())).contains(key);
            keys.replace(mine, ACTOR);
            return waiting;
        });

        try {
            assertThat(other.result()).as("what the other writer found").isEqualTo(mine.after());
            assertThat(stored(keys(), key)).contains(deactivated(mine.after()).after());
        } catch (WriteConflict tooLate) {
            assertThat(stored(keys(), key)).contains(mine.after());
        }
    }

    /** */
    @Test
    void ofManyWhoReplaceTheSameStateOneSucceeds() {
        ApiKey key = insert(keys(), company);

        List<Optional<ApiKey>> replaced = Parallel.run(8, thread -> {
            try {
                return Optional.of(replace(keys(), described(key, "thread " + thread)));
            } catch (WriteConflict late) {
                return Optional.empty();
            }
        });

        List<ApiKey> winners = replaced.stream().flatMap(Optional::stream).toList();
        assertThat(winners).hasSize(1);
        assertThat(stored(keys(), key)).contains(winners.get(0));
    }

    @Test
    void ofManyWhoTakeTheSameReferenceOneSucceeds() {
        KeyChange birth = created(company);

        List<Boolean> inserted = Parallel.run(8, thread -> {
            try {
                insert(
                        keys(),
                        ApiKey.create(id(), company, draft(), birth.after().credential()));
                return true;
            } catch (WriteConflict late) {
                return false;
            }
        });

        assertThat(Collections.frequency(inserted, true)).isEqualTo(1);
    }

    @Test
    void writersOfDifferentKeysDoNotHarmOneAnother() {
        List<ApiKey> inserted = Parallel.run(8, thread -> {
            ApiKey key = insert(keys(), company);
            return replace(keys(), described(key, "thread " + thread));
        });

        assertThat(inserted).allSatisfy(key -> assertThat(stored(keys(), key)).contains(key));
    }
}
