package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** A hundred at once and then one every hundredth of a second, whatever happens when. */
final class PacePropertiesTest {

    private static final long MILLI = 1_000_000;
    private static final long INTERVAL = 10 * MILLI;

    /**
     * Somebody who comes by.
     *
     * @param later how long after the one before
     * @param vain false if it turns out that he need not be counted
     */
    private record Passer(long later, boolean vain) {}

    @Provide
    Arbitrary<List<Passer>> passers() {
        Arbitrary<Long> later = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(0L)),
                Tuple.of(4, Arbitraries.longs().between(0, 2 * INTERVAL)),
                Tuple.of(1, Arbitraries.longs().between(0, 2_000 * MILLI)),
                Tuple.of(1, Arbitraries.just(3_600_000 * MILLI)));
        Arbitrary<Boolean> vain =
                Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.just(true)), Tuple.of(1, Arbitraries.just(false)));
        return Combinators.combine(later, vain).as(Passer::new).list().ofMaxSize(400);
    }

    @Property
    void noMorePassThanAHundredAndAHundredASecond(
            @ForAll("passers") List<Passer> passers,
            @ForAll @LongRange(min = Long.MAX_VALUE - INTERVAL, max = Long.MAX_VALUE) long start) {
        Pace pace = new Pace(start);
        List<Long> vain = new ArrayList<>();
        long since = 0;
        for (Passer passer : passers) {
            since += passer.later();
            long pause = pace.pause(start + since);
            assertThat(pause).as("nobody waits longer than one interval").isLessThanOrEqualTo(INTERVAL);
            if (pause <= 0) {
                pace.spend(start + since);
                if (passer.vain()) {
                    vain.add(since);
                } else {
                    pace.giveBack();
                }
            }
        }

        for (int first = 0; first < vain.size(); first++) {
            for (int last = first; last < vain.size(); last++) {
                long earned = (vain.get(last) - vain.get(first)) / INTERVAL;
                assertThat(last - first + 1L).isLessThanOrEqualTo(100 + earned);
            }
        }
    }

    @Example
    void theHundredAndFirstWaitsForExactlyOneInterval() {
        Pace pace = new Pace(0);
        for (int passer = 0; passer < 100; passer++) {
            assertThat(pace.pause(0)).isLessThanOrEqualTo(0);
            pace.spend(0);
        }

        assertThat(pace.pause(0)).isEqualTo(INTERVAL);
        assertThat(pace.pause(INTERVAL - 1)).isEqualTo(1);
        assertThat(pace.pause(INTERVAL)).isZero();
    }

    /** What is under way counts until it turns out not to have been in vain. */
    @Example
    void whatIsGivenBackLateCountsUntilThen() {
        Pace pace = new Pace(0);
        for (int passer = 0; passer < 100; passer++) {
            pace.spend(0);
        }
        assertThat(pace.pause(0)).isPositive();

        pace.giveBack();

        assertThat(pace.pause(0)).isZero();
    }

    /** Rest earns a hundred and no more. */
    @Example
    void aLongRestEarnsNoMoreThanAtTheStart() {
        Pace pace = new Pace(0);
        long later = 3_600_000 * MILLI;
        for (int passer = 0; passer < 100; passer++) {
            pace.spend(later);
        }

        assertThat(pace.pause(later)).isEqualTo(INTERVAL);
    }
}
