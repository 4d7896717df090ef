package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A tree is what the sorted map of the JDK is, and its earlier states stay as they were. */
final class SortedTreePropertiesTest {

    @Property
    void aTreeHoldsWhatASortedMapHolds(@ForAll @Size(max = 60) List<@IntRange(min = -20, max = 20) Integer> steps) {
        SortedTree<Integer, String> tree = SortedTree.empty(Comparator.naturalOrder());
        TreeMap<Integer, String> map = new TreeMap<>();

        for (int at = 0; at < steps.size(); at++) {
            int key = Math.abs(steps.get(at));
            if (steps.get(at) < 0) {
                tree = tree.without(key);
                map.remove(key);
            } else {
                tree = tree.with(key, "step " + at);
                map.put(key, "step " + at);
            }
            assertHolds(tree, map);
        }
    }

    private static void assertHolds(SortedTree<Integer, String> tree, TreeMap<Integer, String> map) {
        List<String> values = List.copyOf(map.values());
        assertThat(tree.size()).isEqualTo(map.size());
        assertThat(tree.first()).isEqualTo(map.isEmpty() ? Optional.empty() : Optional.of(map.firstKey()));
        assertThat(tree.last()).isEqualTo(map.isEmpty() ? Optional.empty() : Optional.of(map.lastKey()));
        for (int key = -1; key <= 21; key++) {
            assertThat(tree.get(key)).isEqualTo(Optional.ofNullable(map.get(key)));
            assertThat(tree.below(key)).isEqualTo(map.headMap(key).size());
        }
        for (int from = 0; from <= values.size(); from++) {
            int to = Math.min(values.size(), from + 3);
            assertThat(tree.slice(from, to)).isEqualTo(values.subList(from, to));
        }
        assertThat(tree.slice(0, values.size())).isEqualTo(values);
    }

    @Property
    void earlierStatesStayAsTheyWere(@ForAll @Size(max = 40) List<@IntRange(min = -9, max = 9) Integer> steps) {
        List<SortedTree<Integer, Integer>> trees = new ArrayList<>();
        List<List<Integer>> contents = new ArrayList<>();
        SortedTree<Integer, Integer> tree = SortedTree.empty(Comparator.naturalOrder());

        for (int step : steps) {
            trees.add(tree);
            contents.add(tree.slice(0, tree.size()));
            tree = step < 0 ? tree.without(-step) : tree.with(step, trees.size());
        }

        for (int at = 0; at < trees.size(); at++) {
            assertThat(trees.get(at).slice(0, trees.get(at).size())).isEqualTo(contents.get(at));
        }
    }

    @Example
    void aLookUpAmongManyComparesFew() {
        AtomicInteger comparisons = new AtomicInteger();
        SortedTree<Integer, Integer> tree = SortedTree.empty((one, other) -> {
            comparisons.incrementAndGet();
            return Integer.compare(one, other);
        });
        int many = 100_000;
        for (int key = 0; key < many; key++) {
            tree = tree.with(key, key);
        }
        for (int key = 0; key < many; key += 2) {
            tree = tree.without(key);
        }

        // An AVL tree of n keys is at most 1.44 times as high as the logarithm of n.
        for (Map.Entry<String, Runnable> act : acts(tree).entrySet()) {
            comparisons.set(0);
            act.getValue().run();
            assertThat(comparisons).as(act.getKey()).hasValueLessThan(25);
        }
    }

    private static Map<String, Runnable> acts(SortedTree<Integer, Integer> tree) {
        return Map.of(
                "get", () -> tree.get(77_777),
                "below", () -> tree.below(50_000),
                "with", () -> tree.with(100_001, 1),
                "last", tree::last,
                "slice", () -> tree.slice(25_000, 25_010));
    }
}
