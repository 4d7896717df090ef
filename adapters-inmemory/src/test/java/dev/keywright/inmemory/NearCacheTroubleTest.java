package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the near cache does when the store fails or hangs, and when somebody interrupts. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NearCacheTroubleTest {

    private static final Duration MAX_AGE = Duration.ofSeconds(1);

    private final CompanyId company = Samples.company();
    private final ProbedStore store = new ProbedStore();
    private final SettableNanos nanos = new SettableNanos();
    private final NearCache cache = new NearCache(store, 100, MAX_AGE, nanos);

    private ApiKey insert() {
        return Samples.insert(store, company);
    }

    private static KeyReference reference(ApiKey key) {
        return key.credential().reference();
    }

    private Background<Optional<VerifiableKey>> lookUp(KeyReference reference) {
        return Background.start(() -> cache.lookUp(reference));
    }

    private List<Background<Optional<VerifiableKey>>> waiting(int threads, KeyReference reference) {
        List<Background<Optional<VerifiableKey>>> started =
                Stream.generate(() -> lookUp(reference)).limit(threads).toList();
        started.forEach(Background::awaitWaiting);
        return started;
    }

    private void assertFailureReachesAll(Throwable failure) {
        KeyReference reference = reference(insert());
        Gate gate = store.stopBeforeReading();
        Background<Optional<VerifiableKey>> first = lookUp(reference);
        gate.awaitReached();
        List<Background<Optional<VerifiableKey>>> others = waiting(20, reference);

        store.failQuestions(failure);
        gate.open();

        assertThat(first.failure()).containsSame(failure);
        assertThat(others).allSatisfy(other -> assertThat(other.failure()).containsSame(failure));
        assertThat(store.questions()).hasSize(1);

        store.failQuestions(null);
        assertThat(cache.size()).isZero();
        assertThat(cache.lookUp(reference)).isPresent();
        assertThat(store.questions()).hasSize(2);
    }

    /** */
    @Test
    void aFailureOfTheStoreReachesAllWhoWaitAndIsNotRemembered() {
        assertFailureReachesAll(new StoreFailure("away", new IOException("on purpose")));
    }

    @Test
    void soDoesAnError() {
        assertFailureReachesAll(new StackOverflowError("on purpose"));
    }

    /** A store in another language may throw what it has not declared. */
    @Test
    void soDoesWhatNoStoreShouldThrow() {
        assertFailureReachesAll(new IOException("on purpose"));
    }

    /** what is known stays good until it is too old, and then nothing is better than something stale. */
    @Test
    void whileTheStoreIsAwayNothingIsFoundThatIsTooOld() {
        KeyReference reference = reference(insert());
        cache.lookUp(reference);
        StoreFailure away = new StoreFailure("away", new IOException("on purpose"));
        store.failQuestions(away);

        nanos.advance(MAX_AGE.minusNanos(1));
        assertThat(cache.lookUp(reference)).isPresent();
        nanos.advance(Duration.ofNanos(1));
        assertThatThrownBy(() -> cache.lookUp(reference)).isSameAs(away);
    }

    @Test
    void nobodyJoinsAQuestionThatIsTooOld() {
        ApiKey key = insert();
        Gate hanging = store.stopAfterReading();
        Background<Optional<VerifiableKey>> first = lookUp(reference(key));
        hanging.awaitReached();
        nanos.advance(MAX_AGE.minusNanos(1));
        Background<Optional<VerifiableKey>> joined = lookUp(reference(key)).awaitWaiting();
        ApiKey off = Samples.replace(store, Samples.deactivated(key));

        nanos.advance(Duration.ofNanos(1));
        Background<Optional<VerifiableKey>> anew = lookUp(reference(key));

        assertThat(anew.result()).contains(VerifiableKey.of(off));
        assertThat(store.questions()).hasSize(2);
        hanging.open();
        assertThat(first.result()).contains(VerifiableKey.of(key));
        assertThat(joined.result()).contains(VerifiableKey.of(key));
        assertThat(cache.lookUp(reference(key))).as("the newer answer stays").contains(VerifiableKey.of(off));
        assertThat(store.questions()).hasSize(2);
    }

    @Test
    void whatIsKnownIsFoundAndChangesAreMadeWhileEveryQuestionHangs() {
        ApiKey known = insert();
        cache.lookUp(reference(known));
        List<Gate> hanging = Stream.generate(store::stopBeforeReading).limit(4).toList();
        List<Background<Optional<VerifiableKey>>> lookUps =
                Stream.generate(() -> lookUp(reference(insert()))).limit(4).toList();
        hanging.forEach(Gate::awaitReached);

        assertThat(cache.lookUp(reference(known))).contains(VerifiableKey.of(known));
        ApiKey other = Samples.insert(cache, company);
        Background<Optional<VerifiableKey>> waiting = lookUp(reference(other)).awaitWaiting();

        hanging.get(0).open();
        assertThat(waiting.result()).contains(VerifiableKey.of(other));
        hanging.forEach(Gate::open);
        assertThat(lookUps).allSatisfy(lookUp -> assertThat(lookUp.result()).isPresent());
    }

    @Test
    void whoIsInterruptedWhileWaitingGetsTheAnswerAndStaysInterrupted() {
        KeyReference reference = reference(insert());
        Gate gate = store.stopBeforeReading();
        Background<Optional<VerifiableKey>> asking = lookUp(reference);
        gate.awaitReached();
        Background<Boolean> waiting = Background.start(() -> {
            assertThat(cache.lookUp(reference)).isPresent();
            return Thread.currentThread().isInterrupted();
        });
        waiting.awaitWaiting().interrupt();

        gate.open();

        assertThat(waiting.result()).isTrue();
        assertThat(asking.result()).isPresent();
    }

    @Test
    void whoIsInterruptedWhileQuestionsArePacedGetsTheAnswerAndStaysInterrupted() {
        Stream.generate(SampleKeys::madeUp).limit(100).forEach(cache::lookUp);
        KeyReference reference = reference(insert());
        Background<Boolean> paced = Background.start(() -> {
            assertThat(cache.lookUp(reference)).isPresent();
            return Thread.currentThread().isInterrupted();
        });

        paced.awaitWaiting().interrupt();
        nanos.advance(Duration.ofMillis(10));

        assertThat(paced.result()).isTrue();
    }

    @Test
    void whoComesInterruptedGetsTheAnswerAndStaysInterrupted() {
        KeyReference reference = reference(insert());
        Background<Boolean> lookUp = Background.start(() -> {
            Thread.currentThread().interrupt();
            assertThat(cache.lookUp(reference)).isPresent();
            return Thread.currentThread().isInterrupted();
        });

        assertThat(lookUp.result()).isTrue();
    }

    @Test
    void nothingIsLookedUpInsideAWrite() {
        KeyReference known = reference(insert());
        cache.lookUp(known);

        for (Set<KeyReference> references : List.of(Set.of(known), Set.<KeyReference>of())) {
            assertThatThrownBy(() -> cache.write(keys -> cache.lookUp(references)))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> cache.write(keys -> cache.lookUp(known))).isInstanceOf(IllegalStateException.class);
        assertThat(cache.lookUp(known)).isPresent();
    }

    @Test
    void whatNobodyElseChangesMayBeKeptForEver() {
        KeyReference reference = reference(insert());
        NearCache forEver = new NearCache(store, 100, ChronoUnit.FOREVER.getDuration(), nanos);
        forEver.lookUp(reference);

        nanos.advance(Duration.ofDays(10_000));

        assertThat(forEver.lookUp(reference)).isPresent();
        assertThat(store.questions()).hasSize(1);
    }

    @Test
    void aCacheHasSomeRoomAndKeepsForSomeTime() {
        for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            assertThatThrownBy(() -> new NearCache(store, 100, none, nanos))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new NearCache(store, 1, MAX_AGE, nanos)).isInstanceOf(IllegalArgumentException.class);
    }
}
