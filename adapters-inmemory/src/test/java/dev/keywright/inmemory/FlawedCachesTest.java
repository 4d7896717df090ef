package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.inmemory.FlawedCache.Flaw;
import dev.keywright.inmemory.KeyHistory.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Histories betray a cache that is wrong, and only such a one. */
final class FlawedCachesTest {

    private static final Duration BOUND = Duration.ofMillis(6);
    private static final int ENOUGH = 400;

    private static Map<Fault, Integer> faults(Flaw flaw, int seed) {
        return new Episode(seed, 2, BOUND, store -> new FlawedCache(store, BOUND, flaw)).faults();
    }

    private static Fault betraying(Flaw flaw) {
        return switch (flaw) {
            case REMEMBERS_ABSENCE, TAKES_FAILURE_FOR_ABSENCE -> Fault.REFUSED_FALSELY;
            default -> Fault.GRANTED_TOO_LATE;
        };
    }

    /** Needs a few of these episodes at most times; one of so many always does. */
    @TestFactory
    Stream<DynamicTest> everyFlawIsNoticed() {
        return Stream.of(Flaw.values())
                .filter(flaw -> flaw != Flaw.NONE)
                .map(flaw -> DynamicTest.dynamicTest(flaw.name(), () -> assertNoticed(flaw)));
    }

    private static void assertNoticed(Flaw flaw) {
        Fault expected = betraying(flaw);
        int seed = 0;
        while (seed < ENOUGH && !faults(flaw, seed).containsKey(expected)) {
            seed++;
        }
        assertThat(seed).as("episodes until it is noticed").isLessThan(ENOUGH);
    }

    @Test
    void withoutAFlawNothingIsNoticed() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(faults(Flaw.NONE, seed)).isEmpty();
        }
    }
}
