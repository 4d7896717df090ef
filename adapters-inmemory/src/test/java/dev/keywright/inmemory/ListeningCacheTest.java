package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.ChangedKey;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** what a cache that is told of changes answers, and for how long it does when it is told no more. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ListeningCacheTest {

    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration NANO = Duration.ofNanos(1);

    private final CompanyId company = Samples.company();
    private final ProbedStore store = new ProbedStore();
    private final SettableNanos nanos = new SettableNanos();
    private final NearCache cache = NearCache.listening(store, 100, BOUND, nanos);
    private final ApiKey key = Samples.insert(store, company);
    private final KeyReference reference = key.credential().reference();

    private void tell(ApiKey... changed) {
        cache.told(
                List.of(changed).stream()
                        .map(each -> new ChangedKey(each.credential().reference(), each.revision()))
                        .toList(),
                nanos.getAsLong());
    }

    private ApiKey deletedElsewhere() {
        return Samples.replace(store, Samples.deleted(key));
    }

    private static Optional<VerifiableKey> state(ApiKey key) {
        return Optional.of(VerifiableKey.of(key));
    }

    @Test
    void nothingIsAnsweredFromMemoryBeforeAnythingWasTold() {
        cache.lookUp(reference);

        cache.lookUp(reference);

        assertThat(store.questionsFor(reference)).isEqualTo(2);
    }

    @Test
    void aKeyThatNobodyChangesIsAskedForOnce() {
        tell();

        for (int time = 0; time < 100; time++) {
            assertThat(cache.lookUp(reference)).isEqualTo(state(key));
            nanos.advance(BOUND.dividedBy(4));
            tell();
        }

        assertThat(store.questionsFor(reference)).isEqualTo(1);
    }

    @Test
    void aChangeIsSeenAsSoonAsItIsTold() {
        tell();
        cache.lookUp(reference);
        ApiKey deleted = deletedElsewhere();
        assertThat(cache.lookUp(reference)).isEqualTo(state(key));

        tell(deleted);

        assertThat(cache.lookUp(reference)).isEqualTo(state(deleted));
    }

    @Test
    void aKeyMadeElsewhereIsSeenAsSoonAsItIsTold() {
        tell();
        KeyChange birth = Samples.created(company);
        KeyReference unknown = birth.after().credential().reference();
        assertThat(cache.lookUp(unknown)).isEmpty();
        ApiKey later = Samples.insert(store, birth);

        tell(later);

        assertThat(cache.lookUp(unknown)).isEqualTo(state(later));
    }

    @Test
    void whenNothingMoreIsToldAChangeIsSeenAtTheVeryBound() {
        tell();
        cache.lookUp(reference);
        ApiKey deleted = deletedElsewhere();

        nanos.advance(BOUND.minus(NANO));
        assertThat(cache.lookUp(reference)).isEqualTo(state(key));
        nanos.advance(NANO);
        assertThat(cache.lookUp(reference)).isEqualTo(state(deleted));
    }

    /** What was told is what counts, not when: a process that was stopped in between hears of an old moment. */
    @Test
    void theBoundCountsFromTheMomentThatIsToldAndNotFromTheTelling() {
        long asOf = nanos.getAsLong();
        nanos.advance(BOUND);

        cache.told(List.of(), asOf);
        cache.lookUp(reference);
        cache.lookUp(reference);

        assertThat(store.questionsFor(reference)).isEqualTo(2);
    }

    @Test
    void whenNothingMoreIsToldAndTheStoreIsAwayNothingIsGranted() {
        tell();
        cache.lookUp(reference);
        store.failQuestions(new StoreFailure("away", new IOException()));

        nanos.advance(BOUND);

        assertThatThrownBy(() -> cache.lookUp(reference)).isInstanceOf(StoreFailure.class);
    }

    @Test
    void anAnswerFromBeforeAChangeThatIsToldMeanwhileIsNotKept() {
        tell();
        Gate slow = store.stopAfterReading();
        Background<Optional<VerifiableKey>> early = Background.start(() -> cache.lookUp(reference));
        slow.awaitReached();
        ApiKey deleted = deletedElsewhere();

        tell(deleted);
        slow.open();

        assertThat(early.result()).isEqualTo(state(key));
        assertThat(cache.lookUp(reference)).isEqualTo(state(deleted));
    }

    @Test
    void whenItsPlaceIsLostNothingIsKept() {
        tell();
        cache.lookUp(reference);
        Gate slow = store.stopAfterReading();
        ApiKey other = Samples.insert(store, company);
        Background<Optional<VerifiableKey>> early =
                Background.start(() -> cache.lookUp(other.credential().reference()));
        slow.awaitReached();
        ApiKey deleted = deletedElsewhere();
        ApiKey otherDeleted = Samples.replace(store, Samples.deleted(other));

        cache.lost();
        tell();
        slow.open();

        assertThat(early.result()).isEqualTo(state(other));
        assertThat(cache.size()).isZero();
        assertThat(cache.lookUp(reference)).isEqualTo(state(deleted));
        assertThat(cache.lookUp(other.credential().reference())).isEqualTo(state(otherDeleted));
    }

    @Test
    void itsOwnChangesActAtOnceWithoutBeingTold() {
        tell();
        cache.lookUp(reference);

        ApiKey deleted = Samples.replace(cache, Samples.deleted(key));

        assertThat(cache.lookUp(reference)).isEqualTo(state(deleted));
    }

    @Test
    void itsOwnChangesAreNotForgottenAgainWhenTheyAreTold() {
        tell();
        ApiKey switched = Samples.replace(cache, Samples.deactivated(key));
        cache.lookUp(reference);

        tell(switched);
        cache.lookUp(reference);

        assertThat(store.questionsFor(reference)).isEqualTo(1);
    }

    /** Its work found nothing to do any more when it was run again, after somebody else had done the same. */
    @Test
    void aChangeThatWasUndoneAndMadeElsewhereIsForgottenWhenItIsTold() {
        tell();
        ApiKey[] elsewhere = new ApiKey[1];
        NearCache over = NearCache.listening(
                new UndoingStore(store, () -> elsewhere[0] = deletedElsewhere()), 100, BOUND, nanos);
        over.told(List.of(), nanos.getAsLong());
        over.write(keys -> {
            ApiKey now = keys.find(company, key.id()).orElseThrow();
            if (now.deletedAt().isEmpty()) {
                keys.replace(Samples.deleted(now), Samples.ACTOR);
            }
            return now;
        });
        over.lookUp(reference);

        over.told(List.of(new ChangedKey(reference, elsewhere[0].revision())), nanos.getAsLong());
        over.lookUp(reference);

        assertThat(store.questionsFor(reference)).isEqualTo(2);
    }
}
