package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.KeyReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The table of what is known about references is what a hash map of the JDK is. */
final class KeyTablePropertiesTest {

    /** Many that fall on the same few slots, at the beginning and at the end of tables of every size. */
    private static final List<KeyReference> REFERENCES = LongStream.of(0, 1, 15, 16, 1L << 32, -1, -16)
            .boxed()
            .flatMap(low -> LongStream.range(0, 6).mapToObj(high -> new KeyReference(high, low)))
            .toList();

    private enum Act {
        PUT_KEY,
        PUT_REFERENCE,
        REMOVE
    }

    private record Step(Act act, KeyReference reference) {

        void on(KeyTable table, Map<KeyReference, Object> model) {
            switch (act) {
                case PUT_KEY -> put(SampleKeys.with(reference), table, model);
                case PUT_REFERENCE -> put(reference, table, model);
                case REMOVE -> {
                    table.remove(reference);
                    model.remove(reference);
                }
            }
        }

        private void put(Object entry, KeyTable table, Map<KeyReference, Object> model) {
            table.put(reference, entry);
            model.put(reference, entry);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(Arbitraries.of(Act.class), Arbitraries.of(REFERENCES))
                .as(Step::new)
                .list()
                .ofMaxSize(150);
    }

    /** The first reference for which they differ; null if there is none. */
    private static @Nullable KeyReference difference(KeyTable table, Map<KeyReference, Object> model) {
        return REFERENCES.stream()
                .filter(reference -> table.find(reference) != model.get(reference))
                .findFirst()
                .orElse(null);
    }

    @Property
    void aTableHoldsWhatAMapHolds(@ForAll("steps") List<Step> steps) {
        KeyTable table = new KeyTable();
        Map<KeyReference, Object> model = new HashMap<>();

        for (Step step : steps) {
            step.on(table, model);

            assertThat(difference(table, model)).isNull();
            assertThat(table.size()).isEqualTo(model.size());
        }
    }

    @Example
    void aTableGrowsAsFarAsItMust() {
        List<KeyReference> references =
                IntStream.range(0, 20_000).mapToObj(any -> SampleKeys.madeUp()).toList();
        KeyTable table = new KeyTable();

        references.forEach(reference -> table.put(reference, reference));

        assertThat(references).allMatch(reference -> table.find(reference) == reference);
        assertThat(table.size()).isEqualTo(references.size());
        assertThat(table.find(SampleKeys.madeUp())).isNull();
    }

    /** Nor does a look-up go round for ever: there is always a free slot. */
    @Example
    void whatIsGoneTakesNoPlaceForLong() {
        KeyTable table = new KeyTable();
        KeyReference kept = SampleKeys.madeUp();
        table.put(kept, kept);

        for (int round = 0; round < 100_000; round++) {
            KeyReference passing = new KeyReference(round, kept.low());
            table.put(passing, passing);
            assertThat(table.find(passing)).isSameAs(passing);
            table.remove(passing);
            assertThat(table.find(passing)).isNull();
        }

        assertThat(table.find(kept)).isSameAs(kept);
        assertThat(table.size()).isEqualTo(1);
    }

    @Example
    void removingWhatIsNotThereChangesNothing() {
        KeyTable table = new KeyTable();

        table.remove(SampleKeys.madeUp());

        assertThat(table.size()).isZero();
    }
}
