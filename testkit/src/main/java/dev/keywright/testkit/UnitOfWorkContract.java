package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.deactivated;
import static dev.keywright.testkit.Samples.insert;
import static dev.keywright.testkit.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One call is one transaction: all of it or nothing, seen whole by the others, and over when it is over. */
public abstract class UnitOfWorkContract extends KeyStoreContract {

    private final CompanyId company = Samples.company();
    private final KeyChange birth = created(company);
    private final ApiKey key = birth.after();
    private final IdempotencyToken token = new IdempotencyToken(ACTOR, "token");
    private final RecordedCreate create = new RecordedCreate("0".repeat(64), key.id(), NOW);

    @Test
    void theResultOfTheWorkIsHandedBack() {
        Object result = new Object();

        assertThat(keys().<Object>write(keys -> result)).isSameAs(result);
        assertThat(keys().<Object>read(keys -> result)).isSameAs(result);
    }

    @Test
    void whatWasWrittenIsThereForEverybodyOnceTheWriteHasReturned() {
        insert(keys(), birth);

        assertThat(stored(keys(), key)).contains(key);
        assertThat(Parallel.start(() -> stored(keys(), key)).result()).contains(key);
    }

    @Test
    void workThatFailsKeepsNothing() {
        ApiKey old = insert(keys(), company);
        RuntimeException failure = new UnsupportedOperationException("on purpose");

        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.insert(birth, ACTOR);
                    keys.replace(deactivated(old), ACTOR);
                    keys.remember(company, token, create, NOW);
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(stored(keys(), key)).isEmpty();
        assertThat(stored(keys(), old)).contains(old);
        assertThat(keys().lookUp(key.credential().reference())).isEmpty();
        keys().read(keys -> {
            assertThat(keys.events(company, key.id())).isEmpty();
            assertThat(keys.events(company, old.id())).hasSize(1);
            assertThat(keys.findCreate(company, token)).isEmpty();
            assertThat(keys.count(company, KeyStatus.ACTIVE)).isEqualTo(1);
            assertThat(keys.count(company, KeyStatus.INACTIVE)).isZero();
            assertThat(keys.newest(company)).contains(old.id());
            return keys.older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 10);
        });
    }

    @Test
    void workThatEndsInAnErrorKeepsNothingEither() {
        Error failure = new AssertionError("on purpose");

        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.insert(birth, ACTOR);
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(stored(keys(), key)).isEmpty();
    }

    @Test
    void theExceptionOfAReadReachesTheCallerAsItIs() {
        RuntimeException failure = new UnsupportedOperationException("on purpose");

        assertThatThrownBy(() -> keys().read(keys -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void aStoreGoesOnAfterWorkThatFailed() {
        assertThatThrownBy(() -> keys().write(keys -> {
                    throw new UnsupportedOperationException("on purpose");
                }))
                .isInstanceOf(UnsupportedOperationException.class);

        insert(keys(), birth);

        assertThat(stored(keys(), key)).contains(key);
    }

    @Test
    void aWriterReadsItsOwnChanges() {
        KeyChange change = deactivated(key);

        keys().write(keys -> {
            keys.insert(birth, ACTOR);
            assertThat(keys.find(company, key.id())).contains(key);
            assertThat(keys.older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 10))
                    .containsExactly(key);
            assertThat(keys.newer(company, KeyStatus.ACTIVE, ApiKeyId.OLDEST, 10))
                    .containsExactly(key);
            assertThat(keys.count(company, KeyStatus.ACTIVE)).isEqualTo(1);
            assertThat(keys.newest(company)).contains(key.id());
            assertThat(keys.isEmpty()).isFalse();

            keys.replace(change, ACTOR);
            assertThat(keys.find(company, key.id())).contains(change.after());
            assertThat(keys.count(company, KeyStatus.ACTIVE)).isZero();
            assertThat(keys.events(company, key.id())).hasSize(2);

            keys.remember(company, token, create, NOW);
            assertThat(keys.findCreate(company, token)).contains(create);
            return change;
        });

        assertThat(stored(keys(), key)).contains(change.after());
    }

    @Test
    void nobodyElseSeesAChangeBeforeItIsCommitted() {
        keys().write(keys -> {
            keys.insert(birth, ACTOR);
            var other = Parallel.start(() -> stored(keys(), key));
            // A store may let readers wait for the writer; one that answers answers from before the write.
            if (other.hasEndedAfterAChance()) {
                assertThat(other.result()).isEmpty();
            }
            return birth;
        });
    }

    @Test
    void allThatOneReadSeesComesFromOneSnapshot() {
        insert(keys(), birth);
        KeyChange change = deactivated(key);

        var writer = keys().read(keys -> {
            assertThat(keys.count(company, KeyStatus.ACTIVE)).isEqualTo(1);
            var other = Parallel.start(() -> keys().write(others -> {
                others.replace(change, ACTOR);
                others.insert(created(company), ACTOR);
                return change;
            }));
            // A store may let the writer wait for readers, so whether it has ended does not matter here.
            other.hasEndedAfterAChance();
            assertThat(keys.count(company, KeyStatus.ACTIVE)).isEqualTo(1);
            assertThat(keys.count(company, KeyStatus.INACTIVE)).isZero();
            assertThat(keys.find(company, key.id())).contains(key);
            assertThat(keys.older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 10))
                    .containsExactly(key);
            assertThat(keys.newest(company)).contains(key.id());
            assertThat(keys.events(company, key.id())).hasSize(1);
            return other;
        });

        writer.result();
        assertThat(stored(keys(), key)).contains(change.after());
    }

    private Map<String, Consumer<KeyReader>> everyWayToRead() {
        return Map.of(
                "find", keys -> keys.find(company, key.id()),
                "older", keys -> keys.older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 1),
                "newer", keys -> keys.newer(company, KeyStatus.ACTIVE, ApiKeyId.OLDEST, 1),
                "count", keys -> keys.count(company, KeyStatus.ACTIVE),
                "newest", keys -> keys.newest(company),
                "events", keys -> keys.events(company, key.id()),
                "findCreate", keys -> keys.findCreate(company, token),
                "isEmpty", KeyReader::isEmpty);
    }

    private Map<String, Consumer<KeyWriter>> everyWayToWrite() {
        return Map.of(
                "newestKnown", keys -> keys.newestKnown(company),
                "insert", keys -> keys.insert(created(company), ACTOR),
                "replace", keys -> keys.replace(deactivated(key), ACTOR),
                "remember", keys -> keys.remember(company, token, create, NOW),
                "noteUses", keys -> keys.noteUses(List.of()));
    }

    @Test
    void aReaderIsDeadOnceItsWorkIsDone() {
        insert(keys(), birth);

        KeyReader dead = keys().<KeyReader>read(keys -> keys);

        everyWayToRead()
                .forEach((name, way) ->
                        assertThatThrownBy(() -> way.accept(dead)).as(name).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void aWriterIsDeadOnceItsWorkIsDone() {
        insert(keys(), birth);

        KeyWriter dead = keys().<KeyWriter>write(keys -> keys);

        assertIsDead(dead);
    }

    @Test
    void aWriterIsDeadOnceItsWorkHasFailed() {
        insert(keys(), birth);
        List<KeyWriter> lent = new ArrayList<>();

        assertThatThrownBy(() -> keys().write(keys -> {
                    lent.add(keys);
                    throw new UnsupportedOperationException("on purpose");
                }))
                .isInstanceOf(UnsupportedOperationException.class);

        assertIsDead(lent.get(0));
    }

    private void assertIsDead(KeyWriter dead) {
        everyWayToRead()
                .forEach((name, way) ->
                        assertThatThrownBy(() -> way.accept(dead)).as(name).isInstanceOf(IllegalStateException.class));
        everyWayToWrite()
                .forEach((name, way) ->
                        assertThatThrownBy(() -> way.accept(dead)).as(name).isInstanceOf(IllegalStateException.class));
        assertThat(stored(keys(), key)).contains(key);
    }

    @Test
    void aWriteInsideAWriteIsRefused() {
        AtomicBoolean ran = new AtomicBoolean();

        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.insert(birth, ACTOR);
                    return keys().write(inner -> ran.getAndSet(true));
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(ran).isFalse();
        assertThat(stored(keys(), key)).isEmpty();
    }

    @Test
    void aReadInsideAWriteIsRefused() {
        AtomicBoolean ran = new AtomicBoolean();

        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.insert(birth, ACTOR);
                    return keys().read(inner -> ran.getAndSet(true));
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(ran).isFalse();
        assertThat(stored(keys(), key)).isEmpty();
    }
}
