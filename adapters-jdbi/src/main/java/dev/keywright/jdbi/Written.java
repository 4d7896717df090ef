package dev.keywright.jdbi;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.KeyReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The keys that one unit of work has written with events, and since when their events have numbers. */
final class Written {

    private final Set<KeyReference> touched;
    private final Runnable beforeChange;
    private final List<ApiKey> keys = new ArrayList<>();
    private long since;

    /**
     * @param touched takes up the references that keys have, and those that they had before
     * @param beforeChange is run before everything that changes something
     */
    Written(Set<KeyReference> touched, Runnable beforeChange) {
        this.touched = touched;
        this.beforeChange = beforeChange;
    }

    /** Something is about to be changed. */
    void begin() {
        beforeChange.run();
    }

    /** Notes that this unit of work has to do with the key that has this reference. */
    void touch(KeyReference reference) {
        touched.add(reference);
    }

    /** Adds a key, before its event gets a number. */
    void add(ApiKey key) {
        if (keys.isEmpty()) {
            since = System.nanoTime();
        }
        keys.add(key);
    }

    List<ApiKey> keys() {
        return keys;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether others may remember what is over now: of a new key they remember nothing. */
    boolean concernsOthers() {
        return keys.stream().anyMatch(key -> key.revision() > 1);
    }

    /** Whether the first number was taken longer ago than this. */
    boolean isOlderThan(long nanos) {
        return !keys.isEmpty() && System.nanoTime() - since > nanos;
    }

    /** Its events have other numbers now, taken when the other one was made. */
    void takeTimeOf(Written other) {
        since = other.since;
    }
}
