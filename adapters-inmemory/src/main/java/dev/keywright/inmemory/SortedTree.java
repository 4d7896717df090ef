package dev.keywright.inmemory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map whose changed copies share all but one path with it: an AVL tree that also knows its sizes. A
 * copy, a look-up and a count of what lies below a key take time in the logarithm of the size.
 *
 * @param <K> what it is sorted by
 * @param <V> what is kept
 */
final class SortedTree<K, V> {

    private record Node<K, V>(
            K key,
            V value,
            @Nullable Node<K, V> left,
            @Nullable Node<K, V> right,
            int height,
            int size) {

        static <K, V> Node<K, V> of(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
            int height = 1 + Math.max(height(left), height(right));
            return new Node<>(key, value, left, right, height, 1 + size(left) + size(right));
        }

        static int height(@Nullable Node<?, ?> node) {
            return node == null ? 0 : node.height;
        }

        static int size(@Nullable Node<?, ?> node) {
            return node == null ? 0 : node.size;
        }

        /** A node of subtrees whose heights may differ by two, put right by turning it. */
        static <K, V> Node<K, V> balanced(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
            int lean = height(left) - height(right);
            if (left != null && lean > 1) {
                Node<K, V> straight = height(left.left) < height(left.right) ? left.turnedLeft() : left;
                return of(key, value, straight, right).turnedRight();
            }
            if (right != null && lean < -1) {
                Node<K, V> straight = height(right.right) < height(right.left) ? right.turnedRight() : right;
                return of(key, value, left, straight).turnedLeft();
            }
            return of(key, value, left, right);
        }

        private Node<K, V> turnedLeft() {
            return right == null ? this : of(right.key, right.value, of(key, value, left, right.left), right.right);
        }

        private Node<K, V> turnedRight() {
            return left == null ? this : of(left.key, left.value, left.left, of(key, value, left.right, right));
        }
    }

    private final Comparator<? super K> order;
    private final @Nullable Node<K, V> root;

    private SortedTree(Comparator<? super K> order, @Nullable Node<K, V> root) {
        this.order = order;
        this.root = root;
    }

    static <K, V> SortedTree<K, V> empty(Comparator<? super K> order) {
        return new SortedTree<>(order, null);
    }

    int size() {
        return Node.size(root);
    }

    Optional<V> get(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int side = order.compare(key, node.key);
            if (side == 0) {
                return Optional.of(node.value);
            }
            node = side < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    /** With this value under the key, whatever was there before. */
    SortedTree<K, V> with(K key, V value) {
        return new SortedTree<>(order, with(root, key, value));
    }

    private Node<K, V> with(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return Node.of(key, value, null, null);
        }
        int side = order.compare(key, node.key);
        if (side == 0) {
            return Node.of(key, value, node.left, node.right);
        }
        return side < 0
                ? Node.balanced(node.key, node.value, with(node.left, key, value), node.right)
                : Node.balanced(node.key, node.value, node.left, with(node.right, key, value));
    }

    /** Without the key, if it is there. */
    SortedTree<K, V> without(K key) {
        return new SortedTree<>(order, without(root, key));
    }

    private @Nullable Node<K, V> without(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int side = order.compare(key, node.key);
        if (side < 0) {
            return Node.balanced(node.key, node.value, without(node.left, key), node.right);
        }
        if (side > 0) {
            return Node.balanced(node.key, node.value, node.left, without(node.right, key));
        }
        if (node.right == null) {
            return node.left;
        }
        Node<K, V> heir = first(node.right);
        return Node.balanced(heir.key, heir.value, node.left, without(node.right, heir.key));
    }

    private static <K, V> Node<K, V> first(Node<K, V> node) {
        Node<K, V> first = node;
        while (first.left != null) {
            first = first.left;
        }
        return first;
    }

    /** The least key. */
    Optional<K> first() {
        return root == null ? Optional.empty() : Optional.of(first(root).key);
    }

    /** The greatest key. */
    Optional<K> last() {
        Node<K, V> node = root;
        while (node != null && node.right != null) {
            node = node.right;
        }
        return node == null ? Optional.empty() : Optional.of(node.key);
    }

    /** How many keys are less than this one. */
    int below(K key) {
        int below = 0;
        Node<K, V> node = root;
        while (node != null) {
            if (order.compare(node.key, key) < 0) {
                below += 1 + Node.size(node.left);
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return below;
    }

    /** The values from one place in the order to another, the first counted from 0, the last exclusive. */
    List<V> slice(int from, int to) {
        List<V> values = new ArrayList<>(Math.max(0, to - from));
        collect(root, from, to, values);
        return values;
    }

    private static <K, V> void collect(@Nullable Node<K, V> node, int from, int to, List<V> values) {
        if (node == null || from >= to || to <= 0 || from >= node.size) {
            return;
        }
        int place = Node.size(node.left);
        collect(node.left, from, to, values);
        if (from <= place && place < to) {
            values.add(node.value);
        }
        collect(node.right, from - place - 1, to - place - 1, values);
    }
}
