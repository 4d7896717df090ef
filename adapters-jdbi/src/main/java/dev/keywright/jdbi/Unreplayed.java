package dev.keywright.jdbi;

import dev.keywright.domain.KeyReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which keys were changed so recently that a standby may not have replayed it yet.
 *
 * <p>Changes are taken away in bulk: {@link #seal} draws a line under those that are known, whoever calls it then asks the
 * primary how far its log is, and says {@link #replayed} once the standby is as far. What is added after the line waits for
 * the next one. Where there are too many to remember, or nobody knows which, it is every key. Thread-safe.
 */
final class Unreplayed {

    private static final class Changes {
        private final Set<KeyReference> references = new HashSet<>();
        private boolean all;

        boolean has(KeyReference reference) {
            return all || references.contains(reference);
        }

        boolean isEmpty() {
            return !all && references.isEmpty();
        }

        void addAll() {
            all = true;
            references.clear();
        }
    }

    private final int limit;
    private Changes sealed = new Changes();
    private Changes since = new Changes();

    /**
     * Begins with every key.
     *
     * @param limit how many changes are remembered one by one at most, on either side of the line
     */
    Unreplayed(int limit) {
        this.limit = limit;
        since.addAll();
    }

    synchronized boolean has(KeyReference reference) {
        return sealed.has(reference) || since.has(reference);
    }

    synchronized boolean isEmpty() {
        return sealed.isEmpty() && since.isEmpty();
    }

    synchronized void add(Collection<KeyReference> references) {
        if (since.all) {
            return;
        }
        for (KeyReference reference : references) {
            if (since.references.size() == limit && !since.references.contains(reference)) {
                since.addAll();
                return;
            }
            since.references.add(reference);
        }
    }

    synchronized void addAll() {
        since.addAll();
    }

    /** Draws the line, unless what is under the last one still waits. */
    synchronized void seal() {
        if (sealed.isEmpty()) {
            sealed = since;
            since = new Changes();
        }
    }

    /** Takes away what is under the line. */
    synchronized void replayed() {
        sealed = new Changes();
    }
}
