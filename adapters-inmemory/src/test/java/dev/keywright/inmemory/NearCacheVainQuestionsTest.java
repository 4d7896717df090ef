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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** References that somebody made up neither fill the cache nor become one question each. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NearCacheVainQuestionsTest {

    private static final int FREE = 100;
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int MOST_ABSENT = 4_096;

    private final CompanyId company = Samples.company();
    private final ProbedStore store = new ProbedStore();
    private final SettableNanos nanos = new SettableNanos();
    private final NearCache cache = new NearCache(store, 100, Duration.ofHours(1), nanos);

    private static KeyReference reference(ApiKey key) {
        return key.credential().reference();
    }

    private KeyReference key() {
        return reference(Samples.insert(store, company));
    }

    private Background<Optional<VerifiableKey>> lookUp(KeyReference reference) {
        return Background.start(() -> cache.lookUp(reference));
    }

    private void askInVain(int times) {
        for (int time = 0; time < times; time++) {
            assertThat(cache.lookUp(SampleKeys.madeUp())).isEmpty();
        }
    }

    @Test
    void aReferenceThatNoKeyHasIsAskedForOnce() {
        KeyReference nobodys = SampleKeys.madeUp();

        assertThat(cache.lookUp(nobodys)).isEmpty();
        assertThat(cache.lookUp(nobodys)).isEmpty();

        assertThat(store.questions()).hasSize(1);
        assertThat(cache.size()).isZero();
    }

    @Test
    void afterAHundredInVainAllWaitForTheNextAndShareIt() {
        KeyReference known = key();
        KeyReference unknown = key();
        cache.lookUp(known);
        askInVain(FREE);
        int before = store.questions().size();

        List<Background<Optional<VerifiableKey>>> inVain =
                Stream.generate(() -> lookUp(SampleKeys.madeUp())).limit(20).toList();
        Background<Optional<VerifiableKey>> good = lookUp(unknown);
        inVain.forEach(Background::awaitWaiting);
        good.awaitWaiting();
        assertThat(cache.lookUp(known)).isPresent();
        assertThat(store.questions()).hasSize(before);
        nanos.advance(PAUSE);

        assertThat(good.result()).isPresent();
        assertThat(inVain).allSatisfy(other -> assertThat(other.result()).isEmpty());
        assertThat(store.questions()).hasSize(before + 1);
    }

    @Test
    void oneMayGoInVainForEveryHundredthOfASecond() {
        askInVain(FREE);

        for (int at = 0; at < 50; at++) {
            nanos.advance(PAUSE);
            askInVain(1);
        }

        Background<Optional<VerifiableKey>> tooMuch =
                lookUp(SampleKeys.madeUp()).awaitWaiting();
        assertThat(store.questions()).hasSize(FREE + 50);
        nanos.advance(PAUSE);
        assertThat(tooMuch.result()).isEmpty();
    }

    @Test
    void questionsThatFindAKeyMayBeAsManyAsTheyLike() {
        Samples.insertAll(store, Samples.created(company, 3 * FREE)).stream()
                .map(NearCacheVainQuestionsTest::reference)
                .forEach(reference -> assertThat(cache.lookUp(reference)).isPresent());

        assertThat(store.questions()).hasSize(3 * FREE);
    }

    @Test
    void questionsThatFailMayBeAsManyAsTheyLike() {
        store.failQuestions(new IllegalStateException("on purpose"));
        for (int time = 0; time < 3 * FREE; time++) {
            assertThat(lookUp(SampleKeys.madeUp()).failure()).isPresent();
        }

        assertThat(store.questions()).hasSize(3 * FREE);
    }

    @Test
    void noMatterHowManyAreMadeUpTheKeysStay() {
        List<KeyReference> keys = Samples.insertAll(store, Samples.created(company, 50)).stream()
                .map(NearCacheVainQuestionsTest::reference)
                .toList();
        keys.forEach(cache::lookUp);

        for (int time = 0; time < 3 * MOST_ABSENT; time++) {
            nanos.advance(PAUSE);
            askInVain(1);
        }

        int before = store.questions().size();
        assertThat(keys).allMatch(reference -> cache.lookUp(reference).isPresent());
        assertThat(store.questions()).hasSize(before);
    }

    /** What is remembered of them is bounded: the first are forgotten, and asked for again. */
    @Test
    void ofReferencesThatNoKeyHasAFewThousandAreRemembered() {
        List<KeyReference> nobodys = Stream.generate(SampleKeys::madeUp)
                .limit(MOST_ABSENT + MOST_ABSENT / 2)
                .toList();
        for (KeyReference reference : nobodys) {
            nanos.advance(PAUSE);
            cache.lookUp(reference);
        }
        int before = store.questions().size();

        nobodys.subList(MOST_ABSENT, nobodys.size()).forEach(cache::lookUp);
        assertThat(store.questions()).hasSize(before);
        nanos.advance(Duration.ofMinutes(1));
        nobodys.subList(0, FREE).forEach(cache::lookUp);
        assertThat(store.questions()).hasSize(before + FREE);
    }

    @Test
    void aKeyIsFoundAtOnceAlthoughItsReferenceWasAskedForBefore() {
        KeyChange birth = Samples.created(company);
        KeyReference reference = reference(birth.after());
        assertThat(cache.lookUp(reference)).isEmpty();

        Samples.insert(cache, birth);

        assertThat(cache.lookUp(reference)).contains(VerifiableKey.of(birth.after()));
    }
}
