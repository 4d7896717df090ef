package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However many ask at once, the store is asked seldom. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NearCacheQuestionsTest {

    private static final int LANES = 4;
    private static final int MOST_AT_ONCE = 500;

    private final CompanyId company = Samples.company();
    private final ProbedStore store = new ProbedStore();
    private final SettableNanos nanos = new SettableNanos();
    private final NearCache cache = new NearCache(store, 10_000, Duration.ofHours(1), nanos);

    private List<KeyReference> keys(int count) {
        return Samples.insertAll(store, Samples.created(company, count)).stream()
                .map(key -> key.credential().reference())
                .toList();
    }

    private KeyReference key() {
        return keys(1).get(0);
    }

    private Background<Optional<VerifiableKey>> lookUp(KeyReference reference) {
        return Background.start(() -> cache.lookUp(reference));
    }

    /** One waiting thread for each reference. */
    private List<Background<Optional<VerifiableKey>>> waiting(Stream<KeyReference> references) {
        List<Background<Optional<VerifiableKey>>> started =
                references.map(this::lookUp).toList();
        started.forEach(Background::awaitWaiting);
        return started;
    }

    private static void assertAllFind(
            List<KeyReference> references, List<Background<Optional<VerifiableKey>>> lookUps) {
        for (int at = 0; at < references.size(); at++) {
            assertThat(lookUps.get(at).result().orElseThrow().reference()).isEqualTo(references.get(at));
        }
    }

    @Test
    void whatIsKnownIsNotAskedForAgain() {
        ApiKey key = Samples.insert(store, company);
        KeyReference reference = key.credential().reference();

        Optional<VerifiableKey> first = cache.lookUp(reference);
        Optional<VerifiableKey> second = cache.lookUp(reference);

        assertThat(first).contains(VerifiableKey.of(key));
        assertThat(second).contains(VerifiableKey.of(key));
        assertThat(store.questions()).hasSize(1);
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void twoHundredWhoAskForOneKeyAtOnceAskTheStoreOnce() {
        KeyReference reference = key();
        Gate gate = store.stopBeforeReading();

        Background<Optional<VerifiableKey>> first = lookUp(reference);
        gate.awaitReached();
        List<Background<Optional<VerifiableKey>>> others =
                waiting(Stream.generate(() -> reference).limit(199));
        gate.open();

        assertThat(first.result()).isPresent();
        assertThat(others).allSatisfy(other -> assertThat(other.result()).isPresent());
        assertThat(store.questions()).hasSize(1);
    }

    /** Stops a thread that looks up this unknown reference where it holds the lock of the cache. */
    private Background<Optional<VerifiableKey>> holdingTheLock(KeyReference unknown, Gate gate) {
        AtomicInteger readings = new AtomicInteger();
        nanos.onReading(() -> {
            // It reads the clock first when it looks among what is known, and then under the lock.
            if (Thread.currentThread().getName().equals("holds the lock") && readings.incrementAndGet() == 2) {
                gate.pass();
            }
        });
        Background<Optional<VerifiableKey>> holder = Background.start(() -> {
            Thread.currentThread().setName("holds the lock");
            return cache.lookUp(unknown);
        });
        gate.awaitReached();
        return holder;
    }

    /** Who has looked in vain and then waits for the lock may find there what was learned meanwhile. */
    @Test
    void whoComesWhileTheAnswerIsLearnedDoesNotAskAgain() {
        KeyReference reference = key();
        Gate inStore = store.stopBeforeReading();
        Background<Optional<VerifiableKey>> first = lookUp(reference);
        inStore.awaitReached();
        Gate withLock = new Gate();
        Background<Optional<VerifiableKey>> holder = holdingTheLock(key(), withLock);

        inStore.open();
        first.awaitBlocked();
        Background<Optional<VerifiableKey>> second = lookUp(reference).awaitBlocked();
        withLock.open();

        assertThat(first.result()).isPresent();
        assertThat(second.result()).isPresent();
        assertThat(holder.result()).isPresent();
        assertThat(store.questionsFor(reference)).isEqualTo(1);
    }

    @Test
    void whatIsKnownIsFoundWhileTheLockIsHeld() {
        KeyReference known = key();
        cache.lookUp(known);
        Gate withLock = new Gate();
        Background<Optional<VerifiableKey>> holder = holdingTheLock(key(), withLock);

        Background<Optional<VerifiableKey>> hit = lookUp(known);

        assertThat(hit.result()).isPresent();
        assertThat(holder.hasEnded()).isFalse();
        withLock.open();
        assertThat(holder.result()).isPresent();
    }

    @Test
    void whoAskForDifferentKeysWhileTheStoreIsBusyShareAQuestion() {
        List<KeyReference> first = keys(LANES);
        List<KeyReference> others = keys(300);
        List<Gate> gates = IntStream.range(0, LANES)
                .mapToObj(any -> store.stopBeforeReading())
                .toList();

        List<Background<Optional<VerifiableKey>>> busy =
                first.stream().map(this::lookUp).toList();
        gates.forEach(Gate::awaitReached);
        List<Background<Optional<VerifiableKey>>> waiting = waiting(others.stream());
        assertThat(store.questions()).hasSize(LANES);
        gates.get(0).open();
        assertAllFind(others, waiting);
        gates.forEach(Gate::open);

        assertAllFind(first, busy);
        assertThat(store.questions()).hasSize(LANES + 1);
    }

    @Test
    void aQuestionIsForFiveHundredAtMostAndNobodyIsForgotten() {
        List<KeyReference> first = keys(LANES);
        List<KeyReference> others = keys(2 * MOST_AT_ONCE + 1);
        List<Gate> gates = IntStream.range(0, LANES)
                .mapToObj(any -> store.stopBeforeReading())
                .toList();

        List<Background<Optional<VerifiableKey>>> busy =
                first.stream().map(this::lookUp).toList();
        gates.forEach(Gate::awaitReached);
        List<Background<Optional<VerifiableKey>>> waiting = waiting(others.stream());
        gates.forEach(Gate::open);

        assertAllFind(first, busy);
        assertAllFind(others, waiting);
        assertThat(store.questions()).hasSize(LANES + 3).allMatch(asked -> asked.size() <= MOST_AT_ONCE);
    }

    /** Also when all lanes become free before the first of the waiting has woken up. */
    @Test
    void whoWaitedTakesEveryLaneThatIsFree() {
        List<KeyReference> first = keys(LANES);
        List<KeyReference> others = keys(MOST_AT_ONCE + 1);
        List<Gate> gates = IntStream.range(0, LANES)
                .mapToObj(any -> store.stopBeforeReading())
                .toList();
        List<Background<Optional<VerifiableKey>>> busy =
                first.stream().map(this::lookUp).toList();
        gates.forEach(Gate::awaitReached);
        List<Background<Optional<VerifiableKey>>> waiting = waiting(others.stream());
        Gate withLock = new Gate();
        Background<Optional<VerifiableKey>> holder = holdingTheLock(key(), withLock);
        gates.forEach(Gate::open);
        busy.forEach(Background::awaitBlocked);
        Gate oneQuestion = store.stopBeforeReading();
        Gate other = store.stopBeforeReading();

        withLock.open();

        oneQuestion.awaitReached();
        other.awaitReached();
        oneQuestion.open();
        other.open();
        assertAllFind(first, busy);
        assertAllFind(others, waiting);
        assertThat(holder.result()).isPresent();
    }

    /** Nobody looks many up but another cache in front of this one, which keeps them itself. */
    @Test
    void aLookUpOfManyIsOneQuestion() {
        List<KeyReference> references = keys(700);

        List<VerifiableKey> found = cache.lookUp(Set.copyOf(references));

        assertThat(found).extracting(VerifiableKey::reference).containsExactlyInAnyOrderElementsOf(references);
        assertThat(store.questions().size()).isEqualTo(1);
    }
}
