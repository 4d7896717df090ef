package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How late a change made elsewhere is seen, to the nanosecond, and how many keys are kept. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NearCacheBoundsTest {

    private static final Duration MAX_AGE = Duration.ofSeconds(1);
    private static final Duration NANO = Duration.ofNanos(1);

    private final CompanyId company = Samples.company();
    private final ProbedStore store = new ProbedStore();
    private final SettableNanos nanos = new SettableNanos();
    private final NearCache cache = new NearCache(store, 10, MAX_AGE, nanos);
    private final ApiKey key = Samples.insert(store, company);
    private final KeyReference reference = key.credential().reference();

    private Optional<VerifiableKey> deletedElsewhere() {
        return Optional.of(VerifiableKey.of(Samples.replace(store, Samples.deleted(key))));
    }

    /** */
    @Test
    void aChangeMadeElsewhereIsSeenAtTheVeryBound() {
        nanos.advance(MAX_AGE);
        cache.lookUp(reference);
        Optional<VerifiableKey> deleted = deletedElsewhere();

        nanos.advance(MAX_AGE.minus(NANO));
        assertThat(cache.lookUp(reference)).contains(VerifiableKey.of(key));
        nanos.advance(NANO);
        assertThat(cache.lookUp(reference)).isEqualTo(deleted);
    }

    /** a slow store makes nothing live longer. */
    @Test
    void theBoundCountsFromTheQuestionAndNotFromTheAnswer() {
        nanos.advance(MAX_AGE);
        Gate slow = store.stopAfterReading();
        Background<Optional<VerifiableKey>> first = Background.start(() -> cache.lookUp(reference));
        slow.awaitReached();
        Optional<VerifiableKey> deleted = deletedElsewhere();
        nanos.advance(MAX_AGE.dividedBy(4));
        slow.open();
        assertThat(first.result()).contains(VerifiableKey.of(key));

        nanos.advance(MAX_AGE.dividedBy(4).multipliedBy(3).minus(NANO));
        assertThat(cache.lookUp(reference)).contains(VerifiableKey.of(key));
        nanos.advance(NANO);
        assertThat(cache.lookUp(reference)).isEqualTo(deleted);
    }

    @Test
    void aKeyMadeElsewhereIsSeenAtTheVeryBound() {
        KeyChange birth = Samples.created(company);
        KeyReference unknown = birth.after().credential().reference();
        assertThat(cache.lookUp(unknown)).isEmpty();
        ApiKey later = Samples.insert(store, birth);

        nanos.advance(MAX_AGE.minus(NANO));
        assertThat(cache.lookUp(unknown)).isEmpty();
        nanos.advance(NANO);
        assertThat(cache.lookUp(unknown)).contains(VerifiableKey.of(later));
    }

    @Test
    void noMoreKeysAreKeptThanAllowedAndTheLastOnesAre() {
        List<KeyReference> references = Samples.insertAll(store, Samples.created(company, 200)).stream()
                .map(each -> each.credential().reference())
                .toList();

        for (KeyReference each : references) {
            cache.lookUp(each);
            assertThat(cache.size()).isLessThanOrEqualTo(10);
        }

        int before = store.questions().size();
        references.subList(195, 200).forEach(cache::lookUp);
        assertThat(store.questions()).hasSize(before);
    }
}
