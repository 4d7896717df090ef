package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** meetings of look-ups and changes, pinned step by step. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NearCacheRacesTest {

    private final CompanyId company = Samples.company();
    private final ProbedStore store = new ProbedStore();
    private final SettableNanos nanos = new SettableNanos();
    private final NearCache cache = new NearCache(store, 100, Duration.ofHours(1), nanos);
    private final ApiKey key = Samples.insert(store, company);
    private final KeyReference reference = key.credential().reference();

    private Background<Optional<VerifiableKey>> lookUp(KeyReference sought) {
        return Background.start(() -> cache.lookUp(sought));
    }

    private static Optional<VerifiableKey> state(ApiKey key) {
        return Optional.of(VerifiableKey.of(key));
    }

    private static KeyChange tightened(ApiKey key) {
        KeyUpdate update = KeyUpdate.nothing().withAllowList(IpAllowList.of(List.of(IpRange.parse("192.0.2.0/24"))));
        return key.update(update, key.updatedAt(), Samples.WINDOW).orElseThrow();
    }

    /** */
    @TestFactory
    Stream<DynamicTest> anAnswerFromBeforeAChangeIsNotKept() {
        return Stream.<Function<ApiKey, KeyChange>>of(
                        Samples::deleted, Samples::deactivated, NearCacheRacesTest::tightened)
                .map(change -> DynamicTest.dynamicTest(
                        change.apply(key).event().action().toString(), () -> answerFromBefore(change)));
    }

    private void answerFromBefore(Function<ApiKey, KeyChange> change) {
        ApiKey old = Samples.insert(store, company);
        KeyReference sought = old.credential().reference();
        Gate gate = store.stopAfterReading();
        Background<Optional<VerifiableKey>> before = lookUp(sought);
        gate.awaitReached();

        ApiKey changed = Samples.replace(cache, change.apply(old));

        assertThat(cache.lookUp(sought))
                .as("while the old answer is on its way")
                .isEqualTo(state(changed));
        gate.open();
        assertThat(before.result()).as("began before").isEqualTo(state(old));
        assertThat(cache.lookUp(sought)).as("after the old answer came").isEqualTo(state(changed));
        assertThat(store.questionsFor(sought)).isEqualTo(2);
    }

    @Test
    void anAnswerFromBeforeAChangeIsNotTakenForThatToANewQuestion() {
        Gate old = store.stopAfterReading();
        Background<Optional<VerifiableKey>> before = lookUp(reference);
        old.awaitReached();
        ApiKey deleted = Samples.replace(cache, Samples.deleted(key));
        Gate recent = store.stopBeforeReading();
        Background<Optional<VerifiableKey>> after = lookUp(reference);
        recent.awaitReached();

        old.open();
        assertThat(before.result()).isEqualTo(state(key));
        Background<Optional<VerifiableKey>> last = lookUp(reference).awaitWaiting();
        recent.open();

        assertThat(after.result()).isEqualTo(state(deleted));
        assertThat(last.result()).isEqualTo(state(deleted));
        assertThat(store.questions()).hasSize(2);
    }

    @Test
    void theAbsenceOfAKeyFromBeforeItsCreationIsNotKept() {
        KeyChange birth = Samples.created(company);
        KeyReference sought = birth.after().credential().reference();
        Gate gate = store.stopAfterReading();
        Background<Optional<VerifiableKey>> before = lookUp(sought);
        gate.awaitReached();

        Samples.insert(cache, birth);

        assertThat(lookUp(sought).result()).isEqualTo(state(birth.after()));
        gate.open();
        assertThat(before.result()).isEmpty();
        assertThat(cache.lookUp(sought)).isEqualTo(state(birth.after()));
    }

    /** Evict, refill from the old row, commit: what was filled in before the commit is gone after it. */
    @Test
    void whatIsLearnedBeforeTheCommitIsForgottenAfterIt() {
        Gate gate = store.stopBeforeCommit();
        Background<ApiKey> writing = Background.start(() -> Samples.replace(cache, Samples.deleted(key)));
        gate.awaitReached();

        assertThat(cache.lookUp(reference)).as("nothing is committed yet").isEqualTo(state(key));
        gate.open();

        ApiKey deleted = writing.result();
        assertThat(cache.lookUp(reference)).isEqualTo(state(deleted));
    }

    @Test
    void fromTheAcknowledgementOnNobodySeesTheOldState() {
        cache.lookUp(reference);
        Gate gate = store.stopAfterCommit();
        Background<ApiKey> writing = Background.start(() -> Samples.replace(cache, Samples.deleted(key)));
        gate.awaitReached();

        assertThat(cache.lookUp(reference)).as("nobody was told yet").isEqualTo(state(key));
        gate.open();

        ApiKey deleted = writing.result();
        assertThat(cache.lookUp(reference)).isEqualTo(state(deleted));
    }

    /** A question that nobody has put yet sees the change, so that it need not be given up. */
    @Test
    void aQuestionThatWaitsForALaneSeesTheChange() {
        List<Gate> gates = Stream.generate(store::stopBeforeReading).limit(4).toList();
        List<Background<Optional<VerifiableKey>>> busy =
                Stream.generate(() -> lookUp(SampleKeys.madeUp())).limit(4).toList();
        gates.forEach(Gate::awaitReached);
        Background<Optional<VerifiableKey>> before = lookUp(reference).awaitWaiting();

        ApiKey deleted = Samples.replace(cache, Samples.deleted(key));
        Background<Optional<VerifiableKey>> after = lookUp(reference).awaitWaiting();
        gates.forEach(Gate::open);

        assertThat(before.result()).isEqualTo(state(deleted));
        assertThat(after.result()).isEqualTo(state(deleted));
        assertThat(busy).allSatisfy(other -> assertThat(other.result()).isEmpty());
        assertThat(store.questionsFor(reference)).isEqualTo(1);
    }

    @Test
    void aWriteWhoseOutcomeIsUnknownIsAskedAbout() {
        cache.lookUp(reference);
        KeyChange change = Samples.deleted(key);
        StoreFailure unknown = new StoreFailure("cut off", new IOException("on purpose"));
        store.failAfterCommit(unknown);

        assertThatThrownBy(() -> Samples.replace(cache, change)).isSameAs(unknown);

        assertThat(cache.lookUp(reference)).isEqualTo(state(change.after()));
    }

    @Test
    void anAnswerFromBeforeAWriteWhoseOutcomeIsUnknownIsNotKept() {
        Gate gate = store.stopAfterReading();
        Background<Optional<VerifiableKey>> before = lookUp(reference);
        gate.awaitReached();
        KeyChange change = Samples.deleted(key);
        store.failAfterCommit(new StoreFailure("cut off", new IOException("on purpose")));

        assertThatThrownBy(() -> Samples.replace(cache, change)).isInstanceOf(StoreFailure.class);
        gate.open();

        assertThat(before.result()).isEqualTo(state(key));
        assertThat(cache.lookUp(reference)).isEqualTo(state(change.after()));
    }

    @Test
    void aWriteThatFailsChangesNothing() {
        cache.lookUp(reference);
        RuntimeException failure = new UnsupportedOperationException("on purpose");

        assertThatThrownBy(() -> cache.write(keys -> {
                    keys.replace(Samples.deleted(key), Samples.ACTOR);
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(cache.lookUp(reference)).isEqualTo(state(key));
    }

    private void assertRotated(ApiKey after) {
        assertThat(cache.lookUp(reference)).isEmpty();
        assertThat(cache.lookUp(after.credential().reference())).isEqualTo(state(after));
    }

    @Test
    void aReferenceThatAKeyHasNoLongerIsForgotten() {
        cache.lookUp(reference);
        KeyCredential credential = Samples.credential();
        cache.lookUp(credential.reference());

        ApiKey after = cache.write(keys -> {
            KeyChange change = SampleKeys.rotated(keys.find(company, key.id()).orElseThrow(), credential);
            keys.replace(change, Samples.ACTOR);
            return change.after();
        });

        assertRotated(after);
    }

    /** Also when the work has got the key elsewhere. */
    @Test
    void aReferenceThatAKeyHasNoLongerIsForgottenHoweverTheKeyWasFound() {
        cache.lookUp(reference);

        ApiKey blindly = Samples.replace(cache, SampleKeys.rotated(key, Samples.credential()));

        assertRotated(blindly);
        ApiKey fromAList = cache.write(keys -> {
            KeyChange change = SampleKeys.rotated(
                    keys.newer(company, KeyStatus.ACTIVE, ApiKeyId.OLDEST, 1).get(0), Samples.credential());
            keys.replace(change, Samples.ACTOR);
            return change.after();
        });
        assertThat(cache.lookUp(blindly.credential().reference())).isEmpty();
        assertRotated(fromAList);
    }
}
