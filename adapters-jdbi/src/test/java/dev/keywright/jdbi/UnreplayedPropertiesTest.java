package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.KeyReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * What is remembered of changes, against a plain model: a log of commits on the primary, of which the standby has replayed the
 * first so many.
 */
final class UnreplayedPropertiesTest {

    private static final int KEYS = 6;

    /** What can happen, in any order. */
    sealed interface Step {}

    /** A key changes on the primary and nobody was told yet. */
    record Change(int key) implements Step {}

    /** All changes up to now are told, or taken note of by those who made them. */
    record Tell() implements Step {}

    /** The changes that were not told yet never will be; that some are missing is told. */
    record Lose() implements Step {}

    /** The standby goes on by so many commits. */
    record Replay(int commits) implements Step {}

    /** The standby crashes and comes back in an earlier state. */
    record Crash(int commits) implements Step {}

    /** Who watches the standby has a look. */
    record Watch() implements Step {}

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Integer> few = Arbitraries.integers().between(1, 4);
        Arbitrary<Step> steps = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(0, KEYS - 1).map(Change::new)),
                Tuple.of(5, Arbitraries.just(new Tell())),
                Tuple.of(1, Arbitraries.just(new Lose())),
                Tuple.of(5, few.map(Replay::new)),
                Tuple.of(1, few.map(Crash::new)),
                Tuple.of(6, Arbitraries.just(new Watch())));
        return steps.list().ofMaxSize(60);
    }

    private static KeyReference reference(int key) {
        return new KeyReference(0, key);
    }

    /** The primary, the standby, and who watches both as {@link StandbyLookUps} does. */
    private static final class World {
        private final Unreplayed unreplayed;
        private final List<Integer> log = new ArrayList<>();
        private int told;
        private int replayed;
        private int mark = -1;

        World(int limit) {
            unreplayed = new Unreplayed(limit);
        }

        void take(Step step) {
            if (step instanceof Change change) {
                log.add(change.key());
            } else if (step instanceof Tell) {
                unreplayed.add(log.subList(told, log.size()).stream()
                        .map(UnreplayedPropertiesTest::reference)
                        .toList());
                told = log.size();
            } else if (step instanceof Lose) {
                unreplayed.addAll();
                told = log.size();
            } else if (step instanceof Replay replay) {
                replayed = Math.min(log.size(), replayed + replay.commits());
            } else if (step instanceof Crash crash) {
                replayed = Math.max(0, replayed - crash.commits());
                unreplayed.addAll();
            } else {
                watch();
            }
        }

        /** Once: draws the line and asks the primary, or asks the standby. */
        void watch() {
            if (mark < 0) {
                unreplayed.seal();
                mark = log.size();
            } else if (replayed >= mark) {
                unreplayed.replayed();
                mark = -1;
            }
        }

        /** The keys of which the standby does not show a change that was told. */
        Set<Integer> behind() {
            return new HashSet<>(log.subList(Math.min(replayed, told), told));
        }
    }

    @Property
    void aKeyOfWhichTheStandbyLacksAToldChangeIsNeverLookedUpThere(
            @ForAll("histories") List<Step> history, @ForAll @IntRange(min = 1, max = 4) int limit) {
        World world = new World(limit);

        for (Step step : history) {
            world.take(step);

            assertThat(world.behind()).allMatch(key -> world.unreplayed.has(reference(key)));
        }
    }

    @Property
    void everyKeyIsLookedUpThereInTheEnd(
            @ForAll("histories") List<Step> history, @ForAll @IntRange(min = 1, max = 4) int limit) {
        World world = new World(limit);
        history.forEach(world::take);

        world.take(new Tell());
        world.take(new Replay(Integer.MAX_VALUE / 2));
        for (int i = 0; i < 4; i++) {
            world.watch();
        }

        assertThat(world.unreplayed.isEmpty()).isTrue();
        assertThat(world.unreplayed.has(reference(0))).isFalse();
    }

    @Example
    void inTheBeginningItIsEveryKey() {
        assertThat(new Unreplayed(1).has(reference(0))).isTrue();
    }

    @Example
    void moreThanCanBeRememberedIsEveryKeyAndOneMoreTimeTheSameIsNot() {
        Unreplayed unreplayed = new Unreplayed(2);
        unreplayed.seal();
        unreplayed.replayed();

        unreplayed.add(List.of(reference(0), reference(1), reference(1)));
        assertThat(unreplayed.has(reference(2))).isFalse();

        unreplayed.add(List.of(reference(3)));
        assertThat(unreplayed.has(reference(2))).isTrue();
    }

    @Example
    void whatIsAddedAfterTheLineOutlivesIt() {
        Unreplayed unreplayed = new Unreplayed(2);
        unreplayed.seal();
        unreplayed.add(List.of(reference(1)));
        unreplayed.seal();

        unreplayed.replayed();

        assertThat(unreplayed.has(reference(0))).isFalse();
        assertThat(unreplayed.has(reference(1))).isTrue();
    }
}
