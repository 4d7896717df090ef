package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * whatever happens when on several threads, one node or two, no verification that begins after
 * an acknowledged change on its node, or the bound after one on another, gives the verdict of before; and none gives the
 * verdict of a change that has not begun.
 *
 * <p>Short, unless the system property {@code keywright.thorough} is true. That the check notices what is wrong is shown by
 * {@link FlawedCachesTest}.
 */
final class RevocationHistoryPropertiesTest {

    private static final int EPISODES = Boolean.getBoolean("keywright.thorough") ? 60 : 1;

    /**
     * How the nodes are made.
     *
     * @param entries how many keys each remembers; some of the keys that there are, or all
     */
    private record Nodes(int count, int entries, Duration bound) {}

    @Provide
    Arbitrary<Nodes> nodes() {
        return Combinators.combine(
                        Arbitraries.of(1, 2, 2),
                        Arbitraries.of(2, 4, 1_000),
                        Arbitraries.of(2, 6, 25).map(Duration::ofMillis))
                .as(Nodes::new);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void nobodySeesWhatHasPassedOrWhatHasNotBegun(@ForAll("nodes") Nodes nodes, @ForAll long seed) {
        for (int episode = 0; episode < EPISODES; episode++) {
            Episode next = new Episode(
                    seed + episode,
                    nodes.count(),
                    nodes.bound(),
                    store -> new NearCache(store, nodes.entries(), nodes.bound(), System::nanoTime));

            assertThat(next.faults()).isEmpty();
            assertThat(next.changes()).as("changes").isGreaterThan(6);
        }
    }
}
