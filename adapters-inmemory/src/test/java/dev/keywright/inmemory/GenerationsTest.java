package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What generations of entries promise, at the very borders. */
final class GenerationsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final KeyReference reference = SampleKeys.madeUp();
    private final VerifiableKey key = SampleKeys.with(reference);

    private static Generations generations(int maxEntries, long now) {
        return new Generations(maxEntries, Duration.ofNanos(SECOND), now);
    }

    private static List<KeyReference> references(int count) {
        return IntStream.range(0, count).mapToObj(any -> SampleKeys.madeUp()).toList();
    }

    private static void putAny(Generations generations, long asked) {
        KeyReference any = SampleKeys.madeUp();
        generations.put(any, any, asked);
    }

    /** the age is counted from the question, and at the very bound the entry is too old. */
    @Test
    void anEntryEndsAtTheVeryBound() {
        Generations generations = generations(10, 5);

        generations.put(reference, key, 5);

        assertThat(generations.find(reference, 5 + SECOND - 1)).isSameAs(key);
        assertThat(generations.find(reference, 5 + SECOND)).isNull();
    }

    @Test
    void anEntryEndsThenAlsoIfItHasGrownOldMeanwhile() {
        Generations generations = generations(10, 0);
        generations.put(reference, key, SECOND / 2 - 1);

        putAny(generations, SECOND / 2);
        putAny(generations, SECOND - 1);

        assertThat(generations.find(reference, SECOND - 1)).isSameAs(key);
        assertThat(generations.find(reference, 3 * SECOND / 2 - 1)).isNull();
    }

    /** a process that was stopped for a day comes back with nothing that it may use. */
    @Test
    void afterALongPauseNothingIsFound() {
        Generations generations = generations(10, 0);
        generations.put(reference, key, 0);
        long day = Duration.ofDays(1).toNanos();

        assertThat(generations.find(reference, day)).isNull();
        putAny(generations, day);
        assertThat(generations.find(reference, day)).isNull();
    }

    @Test
    void anAnswerThatComesTooLateIsOfNoUse() {
        Generations generations = generations(10, 0);

        generations.put(reference, key, 0);

        assertThat(generations.find(reference, SECOND)).isNull();
    }

    @Test
    void anAnswerThatComesLateIsFoundAsLongAsItIsYoungEnough() {
        Generations generations = generations(10, 0);
        putAny(generations, SECOND / 2);

        generations.put(reference, key, SECOND / 2 - 1);

        assertThat(generations.find(reference, SECOND - 1)).isSameAs(key);
        assertThat(generations.find(reference, 3 * SECOND / 2 - 1)).isNull();
    }

    @Test
    void theOldestHalfGoesFirst() {
        Generations generations = generations(10, 0);
        List<KeyReference> references = references(11);

        references.forEach(each -> generations.put(each, each, 1));

        assertThat(references.subList(5, 11)).allMatch(each -> generations.find(each, 1) == each);
        assertThat(references.subList(0, 5)).allMatch(each -> generations.find(each, 1) == null);
        assertThat(generations.size()).isEqualTo(6);
    }

    /** Or one slow answer would cost half of what is known. */
    @Test
    void anAnswerThatComesLateDrivesOutNothing() {
        Generations generations = generations(10, 0);
        List<KeyReference> references = references(10);
        references.subList(0, 5).forEach(each -> generations.put(each, each, 0));
        references.subList(5, 10).forEach(each -> generations.put(each, each, SECOND / 2));

        generations.put(reference, key, 1);
        generations.put(reference, key, SECOND / 2 - 1);
        putAny(generations, SECOND / 2 + 1);

        assertThat(references.subList(5, 10)).allMatch(each -> generations.find(each, SECOND / 2 + 1) == each);
    }

    @Test
    void whatIsRemovedIsGoneFromBothGenerations() {
        Generations generations = generations(10, 0);
        generations.put(reference, reference, 0);
        generations.put(reference, key, SECOND / 2);

        generations.remove(reference);

        assertThat(generations.find(reference, SECOND / 2)).isNull();
        assertThat(generations.size()).isZero();
    }
}
