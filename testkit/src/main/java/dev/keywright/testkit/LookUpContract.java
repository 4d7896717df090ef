package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.WINDOW;
import static dev.keywright.testkit.Samples.activated;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.credential;
import static dev.keywright.testkit.Samples.deactivated;
import static dev.keywright.testkit.Samples.deleted;
import static dev.keywright.testkit.Samples.described;
import static dev.keywright.testkit.Samples.insert;
import static dev.keywright.testkit.Samples.insertAll;
import static dev.keywright.testkit.Samples.replace;
import static dev.keywright.testkit.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.VerifiableKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whoever presents a secret is judged by what the store holds of its key: by all of it, of whichever company, and as of the
 * last change that was acknowledged before the question.
 */
public abstract class LookUpContract extends KeyStoreContract {

    private final CompanyId company = Samples.company();

    private static KeyReference reference(ApiKey key) {
        return key.credential().reference();
    }

    /** What both ways to look up say about one reference. */
    private Optional<VerifiableKey> lookUp(KeyReference reference) {
        Optional<VerifiableKey> alone = keys().lookUp(reference);
        assertThat(keys().lookUp(Set.of(reference))).isEqualTo(alone.stream().toList());
        return alone;
    }

    private void assertFound(ApiKey key) {
        assertThat(lookUp(reference(key))).contains(VerifiableKey.of(key));
        assertThat(stored(keys(), key).map(VerifiableKey::of)).isEqualTo(lookUp(reference(key)));
    }

    @Test
    void aKeyIsFoundByTheReferenceOfItsSecret() {
        assertFound(insert(keys(), company));
    }

    @Test
    void whatNoKeyHasIsNotFound() {
        insert(keys(), company);

        assertThat(lookUp(credential().reference())).isEmpty();
        assertThat(lookUp(new KeyReference(0, 0))).isEmpty();
        assertThat(lookUp(KeyReference.parse("z".repeat(KeyReference.LENGTH)))).isEmpty();
        assertThat(keys().lookUp(Set.of())).isEmpty();
    }

    @Test
    void manyAreFoundAtOnceInWhicheverCompany() {
        List<ApiKey> all = new ArrayList<>(insertAll(keys(), created(company, 600)));
        all.addAll(insertAll(keys(), created(Samples.company(), 5)));
        insertAll(keys(), created(company, 5));
        Set<KeyReference> asked =
                all.stream().map(LookUpContract::reference).collect(Collectors.toCollection(HashSet::new));
        Stream.generate(() -> credential().reference()).limit(20).forEach(asked::add);

        assertThat(keys().lookUp(asked))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(VerifiableKey::of).toList());
    }

    /** A key that is over is found like any other: to tell its holder so is for the judgement. */
    @Test
    void keysThatAreOffOrDeletedAreFoundToo() {
        ApiKey off = replace(keys(), deactivated(insert(keys(), company)));
        ApiKey gone = replace(keys(), deleted(insert(keys(), company)));

        assertFound(off);
        assertFound(gone);
        assertThat(keys().lookUp(Set.of(reference(off), reference(gone))))
                .containsExactlyInAnyOrder(VerifiableKey.of(off), VerifiableKey.of(gone));
    }

    /** each answer is asked for before the change too, so whoever remembers answers must forget them. */
    @Test
    void everyChangeIsSeenAtOnce() {
        KeyChange birth = created(company);
        assertThat(lookUp(reference(birth.after()))).isEmpty();
        ApiKey key = insert(keys(), birth);
        assertFound(key);

        List<Function<ApiKey, KeyChange>> life = List.of(
                now -> deactivated(now),
                now -> activated(now),
                now -> described(now, "a field that no verification needs"),
                now -> updated(now, KeyUpdate.nothing().withExpiry(Expiry.at(NOW.plusSeconds(1)))),
                now -> updated(now, KeyUpdate.nothing().withScopes(Scopes.of(Scope.KEYS_READ))),
                now -> updated(now, KeyUpdate.nothing().withScopes(Scopes.none())),
                now -> updated(
                        now,
                        KeyUpdate.nothing().withAllowList(IpAllowList.of(List.of(IpRange.parse("2001:db8::/32"))))),
                now -> updated(now, KeyUpdate.nothing().withApiVersion(ApiVersion.parse("2024-05-22"))),
                now -> deleted(now));
        for (Function<ApiKey, KeyChange> change : life) {
            key = replace(keys(), change.apply(key));
            assertFound(key);
        }
    }

    private static KeyChange updated(ApiKey key, KeyUpdate update) {
        return key.update(update, key.updatedAt(), WINDOW).orElseThrow();
    }

    @Test
    void whatIsNotKeptIsNotSeen() {
        ApiKey key = insert(keys(), company);
        KeyChange birth = created(company);
        assertFound(key);

        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.replace(deactivated(key), ACTOR);
                    keys.insert(birth, ACTOR);
                    throw new UnsupportedOperationException("on purpose");
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> replace(keys(), described(described(key, "one").after(), "two")))
                .isInstanceOf(WriteConflict.class);

        assertFound(key);
        assertThat(lookUp(reference(birth.after()))).isEmpty();
    }

    @Test
    void whatIsNotYetKeptIsNotSeen() {
        ApiKey key = insert(keys(), company);
        KeyChange birth = created(company);
        assertFound(key);

        var others = keys().write(keys -> {
            keys.replace(deactivated(key), ACTOR);
            keys.insert(birth, ACTOR);
            var other = Parallel.start(() -> keys().lookUp(Set.of(reference(key), reference(birth.after()))));
            // A store may let those who look up wait for the writer; one that answers answers from before the write.
            if (other.hasEndedAfterAChance()) {
                assertThat(other.result()).containsExactly(VerifiableKey.of(key));
            }
            return other;
        });

        others.result();
        assertFound(deactivated(key).after());
        assertFound(birth.after());
    }

    /** A verification inside a write would wait for what the write holds, or judge by what it has not seen. */
    @Test
    void aLookUpInsideAWriteIsRefused() {
        ApiKey key = insert(keys(), company);
        KeyChange birth = created(company);
        List<Supplier<?>> ways =
                List.of(() -> keys().lookUp(reference(key)), () -> keys().lookUp(Set.of(reference(key))));

        for (Supplier<?> way : ways) {
            assertThatThrownBy(() -> keys().write(keys -> {
                        keys.insert(birth, ACTOR);
                        return way.get();
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(stored(keys(), birth.after())).isEmpty();
        assertFound(key);
    }

    /** the expiry counts the changes, so every answer says how many of them it knows. */
    @Test
    void noLookUpFallsBehindAnAcknowledgedChange() {
        int changes = 60;
        ApiKey key = insert(keys(), company);
        AtomicInteger acknowledged = new AtomicInteger();
        CountDownLatch looking = new CountDownLatch(3);

        Parallel.run(4, thread -> {
            if (thread == 0) {
                Parallel.await(looking);
                ApiKey now = key;
                for (int change = 1; change <= changes; change++) {
                    now = replace(keys(), updated(now, KeyUpdate.nothing().withExpiry(counting(change))));
                    acknowledged.set(change);
                }
            } else {
                assertThat(changesKnown(key, thread == 1)).isZero();
                looking.countDown();
                int before;
                do {
                    before = acknowledged.get();
                    assertThat(changesKnown(key, thread == 1)).isGreaterThanOrEqualTo(before);
                } while (before < changes);
            }
            return thread;
        });

        assertThat(lookUp(reference(key)).map(LookUpContract::changesKnownTo)).contains(changes);
    }

    private int changesKnown(ApiKey key, boolean asOneOfMany) {
        Optional<VerifiableKey> seen = asOneOfMany
                ? keys().lookUp(Set.of(reference(key))).stream().findFirst()
                : keys().lookUp(reference(key));
        return changesKnownTo(seen.orElseThrow());
    }

    private static Expiry counting(int changes) {
        return Expiry.at(NOW.plusSeconds(changes));
    }

    private static int changesKnownTo(VerifiableKey key) {
        return key.expiry()
                .at()
                .map(at -> (int) (at.getEpochSecond() - NOW.getEpochSecond()))
                .orElse(0);
    }
}
