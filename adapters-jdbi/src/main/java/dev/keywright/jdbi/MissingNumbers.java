package dev.keywright.jdbi;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers that were passed over: they were taken by units of work that had not committed, and may never do. Each is looked
 * for until it is certain that whoever comes so late has taken another number.
 */
final class MissingNumbers {

    /** More than this are not kept: something is wrong with the numbers then. */
    static final int MOST = 10_000;

    private final long patience;
    private final Map<Long, Long> since = new TreeMap<>();

    /**
     * @param patience how long a number is looked for, in nanoseconds
     */
    MissingNumbers(long patience) {
        this.patience = patience;
    }

    /**
     * Adds all numbers between two that were seen.
     *
     * @param now when they were not seen
     */
    void addBetween(long lower, long higher, long now) {
        long last = Math.min(higher - 1, lower + MOST + 1);
        for (long number = lower + 1; number <= last; number++) {
            since.put(number, now);
        }
    }

    /** Those to look for. */
    Collection<Long> all() {
        return since.keySet();
    }

    void found(long number) {
        since.remove(number);
    }

    /** Gives up those that were missing for so long when they were looked for again, in vain. */
    void giveUp(long lookedAgain) {
        since.values().removeIf(noticed -> lookedAgain - noticed > patience);
    }

    boolean areTooMany() {
        return since.size() > MOST;
    }

    void clear() {
        since.clear();
    }
}
