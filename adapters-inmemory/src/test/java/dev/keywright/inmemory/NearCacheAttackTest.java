package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyReference;
import dev.keywright.testkit.Samples;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** many who make up references at full speed cost the store a hundred questions a second, and good keys next to nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class NearCacheAttackTest {

    private static final int ATTACKERS = 64;
    private static final int FREE = 100;
    private static final long EACH = Duration.ofMillis(10).toNanos();
    private static final Duration DURATION = Duration.ofSeconds(Boolean.getBoolean("keywright.thorough") ? 20 : 1);
    /** A hundredth of a second is the promise; the rest is for the scheduler of a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CompanyId company = Samples.company();
    private final ProbedStore store = new ProbedStore();

    private List<KeyReference> keys(int count) {
        return Samples.insertAll(store, Samples.created(company, count)).stream()
                .map(key -> key.credential().reference())
                .toList();
    }

    private static int attack(NearCache cache, long end) {
        int times = 0;
        while (System.nanoTime() - end < 0) {
            assertThat(cache.lookUp(SampleKeys.madeUp())).isEmpty();
            times++;
        }
        return times;
    }

    private static Duration timeToFind(NearCache cache, KeyReference reference) {
        long start = System.nanoTime();
        assertThat(cache.lookUp(reference)).isPresent();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void attackersShareAHundredQuestionsASecondAndGoodKeysGoOn() {
        List<KeyReference> known = keys(10);
        List<KeyReference> unknown = keys(50);
        long start = System.nanoTime();
        NearCache cache = new NearCache(store, 1_000, Duration.ofHours(1), System::nanoTime);
        known.forEach(cache::lookUp);

        List<Background<Integer>> attackers = IntStream.range(0, ATTACKERS)
                .mapToObj(any -> Background.start(() -> attack(cache, start + DURATION.toNanos())))
                .toList();
        for (KeyReference reference : unknown) {
            assertThat(timeToFind(cache, reference)).isLessThan(PATIENCE);
            known.forEach(cache::lookUp);
        }
        int attacks = attackers.stream().mapToInt(Background::result).sum();
        long end = System.nanoTime();

        Set<KeyReference> good = new HashSet<>(known);
        good.addAll(unknown);
        long inVain = store.questions().stream()
                .filter(asked -> asked.stream().noneMatch(good::contains))
                .count();
        assertThat(inVain).isLessThanOrEqualTo(FREE + (end - start) / EACH + 1);
        assertThat(attacks)
                .as("look-ups that shared these questions")
                .isGreaterThan(2 * store.questions().size());
        assertThat(good).allMatch(reference -> store.questionsFor(reference) == 1);
        assertThat(cache.size()).isEqualTo(good.size());
    }
}
