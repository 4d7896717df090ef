package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** For any history of questions and answers: never too old, never too many, and not forgotten before its time. */
final class GenerationsPropertiesTest {

    private static final long MAX_AGE = 100;
    private static final List<KeyReference> REFERENCES = LongStream.range(0, 30)
            .mapToObj(number -> new KeyReference(number, number * 7))
            .toList();

    /**
     * Time passes, and then an answer arrives or something is forgotten.
     *
     * @param pause how long nothing happens before
     * @param reference what it is about
     * @param late how long ago the question was put; negative: no answer, but the reference is forgotten
     */
    private record Step(long pause, KeyReference reference, long late) {

        boolean isAnswer() {
            return late >= 0;
        }
    }

    /** An answer that was learned. */
    private record Learned(VerifiableKey key, long asked, int number) {}

    /** What the generations were told, and what they ought to know of it. */
    private static final class Told {
        private final Generations generations;
        private final Map<KeyReference, Learned> last = new HashMap<>();
        private final List<Learned> onTime = new ArrayList<>();
        private long now;
        private int answers;

        Told(int maxEntries, long start) {
            this.generations = new Generations(maxEntries, Duration.ofNanos(MAX_AGE), start);
            this.now = start;
        }

        void tell(Step step) {
            now += step.pause();
            onTime.removeIf(before -> before.key().hasReference(step.reference()));
            if (step.isAnswer()) {
                learn(step.reference(), now - step.late(), step.late() == 0);
            } else {
                generations.remove(step.reference());
                last.remove(step.reference());
            }
        }

        private void learn(KeyReference reference, long asked, boolean punctual) {
            Learned before = last.get(reference);
            if (before != null && before.asked() - asked > 0) {
                // Of two questions for one reference the older one is disowned.
                return;
            }
            Learned learned = new Learned(SampleKeys.with(reference), asked, answers++);
            generations.put(reference, learned.key(), asked);
            last.put(reference, learned);
            if (punctual) {
                onTime.add(learned);
            }
        }

        void check(int maxEntries) {
            int found = 0;
            for (KeyReference reference : REFERENCES) {
                Object entry = generations.find(reference, now);
                Learned learned = last.get(reference);
                if (entry != null) {
                    found++;
                    assertThat(learned).as("found although forgotten").isNotNull();
                    assertThat(entry).as("the last answer").isSameAs(learned.key());
                    assertThat(now - learned.asked()).as("its age").isLessThan(MAX_AGE);
                }
            }
            assertThat(found).isLessThanOrEqualTo(generations.size());
            assertThat(generations.size()).isLessThanOrEqualTo(maxEntries);
            onTime.stream()
                    .filter(learned -> now - learned.asked() < MAX_AGE / 2)
                    .filter(learned -> answers - learned.number() <= maxEntries / 2)
                    .forEach(
                            learned -> assertThat(generations.find(learned.key().reference(), now))
                                    .as("young, of the last few, and came on time")
                                    .isSameAs(learned.key()));
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> pauses = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.longs().between(0, 3)),
                Tuple.of(2, Arbitraries.longs().between(0, 60)),
                Tuple.of(1, Arbitraries.of(MAX_AGE / 2, MAX_AGE - 1, MAX_AGE, 1_000_000L)));
        Arbitrary<Long> late = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(0L)),
                Tuple.of(2, Arbitraries.longs().between(0, 10)),
                Tuple.of(2, Arbitraries.longs().between(0, 3 * MAX_AGE)),
                Tuple.of(1, Arbitraries.just(-1L)));
        return Combinators.combine(pauses, Arbitraries.of(REFERENCES), late)
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theBoundsHoldForEveryHistory(
            @ForAll("steps") List<Step> steps,
            @ForAll @IntRange(min = 2, max = 24) int maxEntries,
            @ForAll @LongRange(min = Long.MAX_VALUE - 200, max = Long.MAX_VALUE) long start) {
        Told told = new Told(maxEntries, start);

        for (Step step : steps) {
            told.tell(step);
            told.check(maxEntries);
        }
    }
}
