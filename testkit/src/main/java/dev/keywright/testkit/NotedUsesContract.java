package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.deactivated;
import static dev.keywright.testkit.Samples.described;
import static dev.keywright.testkit.Samples.insert;
import static dev.keywright.testkit.Samples.insertAll;
import static dev.keywright.testkit.Samples.replace;
import static dev.keywright.testkit.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.KeyUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Notes of uses among other work: part of their own unit of work, and in nobody's way. */
public abstract class NotedUsesContract extends KeyStoreContract {

    private static final KeyUse FIRST = use(NOW, "192.0.2.7");
    private static final KeyUse LATER = use(NOW.plusMillis(1), "2001:db8::7");

    /** Conflicts that a machine may cause which stands still for a while. */
    private static final int FORGIVEN = 4;

    private final CompanyId company = Samples.company();

    private static KeyUse use(Instant at, String from) {
        return new KeyUse(at, Optional.of(IpAddress.parse(from)));
    }

    private static NotedUse of(ApiKey key, KeyUse use) {
        return new NotedUse(key.company(), key.id(), use);
    }

    private void note(Collection<NotedUse> uses) {
        keys().write(keys -> {
            keys.noteUses(uses);
            return uses;
        });
    }

    private void assertNoted(ApiKey key, Optional<KeyUse> noted) {
        assertThat(stored(keys(), key)).contains(key.withLastUse(noted));
    }

    @Test
    void aNoteIsPartOfItsUnitOfWork() {
        ApiKey key = insert(keys(), company);
        KeyChange birth = created(company);

        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.noteUses(List.of(of(key, FIRST)));
                    throw new UnsupportedOperationException("on purpose");
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertNoted(key, Optional.empty());

        keys().write(keys -> {
            keys.insert(birth, ACTOR);
            keys.noteUses(List.of(of(key, FIRST), of(birth.after(), LATER)));
            assertThat(keys.find(company, key.id()).flatMap(ApiKey::lastUse)).contains(FIRST);
            assertThat(keys.find(company, birth.after().id()).flatMap(ApiKey::lastUse))
                    .contains(LATER);
            keys.replace(deactivated(key), ACTOR);
            assertThat(keys.find(company, key.id()).flatMap(ApiKey::lastUse)).contains(FIRST);
            return keys;
        });
        assertNoted(deactivated(key).after(), Optional.of(FIRST));
        assertNoted(birth.after(), Optional.of(LATER));
    }

    @Test
    void aReadThatHasBegunDoesNotSeeIt() {
        ApiKey key = insert(keys(), company);

        var writer = keys().read(keys -> {
            assertThat(keys.find(company, key.id())).contains(key);
            var other = Parallel.start(() -> {
                note(List.of(of(key, FIRST)));
                return key;
            });
            // A store may let the writer wait for readers, so whether it has ended does not matter here.
            other.hasEndedAfterAChance();
            assertThat(keys.find(company, key.id())).contains(key);
            return other;
        });

        writer.result();
        assertNoted(key, Optional.of(FIRST));
    }

    @Test
    void manyAreNotedAtOnce() {
        List<ApiKey> many = insertAll(keys(), created(company, 1_000));

        note(IntStream.range(0, many.size())
                .mapToObj(at -> of(many.get(at), use(NOW.plusMillis(at), "192.0.2.7")))
                .toList());

        List<ApiKey> noted = keys().read(keys -> keys.newer(company, KeyStatus.ACTIVE, ApiKeyId.OLDEST, 2_000));
        assertThat(noted)
                .containsExactlyElementsOf(IntStream.range(0, many.size())
                        .mapToObj(at -> many.get(at).withLastUse(Optional.of(use(NOW.plusMillis(at), "192.0.2.7"))))
                        .toList());
    }

    /** Two nodes note the same keys, each in an order of its own: they do not wait for each other in a circle. */
    @Test
    void thoseWhoNoteTheSameKeysDoNotConflict() {
        List<ApiKey> many = insertAll(keys(), created(company, 50));
        AtomicInteger conflicts = new AtomicInteger();

        Parallel.run(4, thread -> {
            for (int round = 0; round < 10; round++) {
                List<NotedUse> uses = new ArrayList<>();
                for (ApiKey key : many) {
                    uses.add(of(key, use(NOW.plusMillis(10L * round + thread), "192.0.2." + thread)));
                }
                Collections.shuffle(uses, new Random(thread));
                noteCounting(uses, conflicts);
            }
            return thread;
        });

        KeyUse last = use(NOW.plusMillis(93), "192.0.2.3");
        assertThat(many)
                .allSatisfy(key ->
                        assertThat(stored(keys(), key).flatMap(ApiKey::lastUse)).contains(last));
        assertThat(conflicts).hasValueLessThanOrEqualTo(FORGIVEN);
    }

    private void noteCounting(List<NotedUse> uses, AtomicInteger conflicts) {
        while (conflicts.get() <= FORGIVEN) {
            try {
                note(uses);
                return;
            } catch (WriteConflict waitedTooLong) {
                conflicts.incrementAndGet();
            }
        }
    }

    /** Of a change and a note that meet, both are kept, in whichever order they come. */
    @Test
    void changesAndNotesOfTheSameKeyAreAllKept() {
        ApiKey key = insert(keys(), company);
        AtomicInteger conflicts = new AtomicInteger();

        List<ApiKey> last = Parallel.run(2, thread -> {
            ApiKey now = key;
            for (int round = 1; round <= 20; round++) {
                if (thread == 0) {
                    now = replace(keys(), described(now, "round " + round));
                } else {
                    noteCounting(List.of(of(key, use(NOW.plusMillis(round), "192.0.2.7"))), conflicts);
                }
            }
            return now;
        });

        assertNoted(last.get(0), Optional.of(use(NOW.plusMillis(20), "192.0.2.7")));
    }
}
