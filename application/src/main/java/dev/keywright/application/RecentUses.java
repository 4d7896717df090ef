package dev.keywright.application;

import dev.keywright.domain.ApiKeyId;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Remembers, in eight to sixteen bytes for each key that is expected, which keys were used a short while ago. A key that is
 * forgotten too early is noted once more than needed; that one is taken for another is a chance of one in a hundred
 * thousand, and then its use is noted an interval later. Thread-safe, without locks, and to ask changes nothing.
 */
final class RecentUses {

    /** How many places a key may have, beside each other; it takes the one that was noted longest ago. */
    private static final int WAYS = 8;

    private static final int TIME_BITS = 12;
    private static final int TIME = (1 << TIME_BITS) - 1;
    private static final int TICKS_OF_INTERVAL = 8;

    /** Each place holds some bits of an id and, in ticks, when that key was used. */
    private final AtomicIntegerArray places;

    private final long tickMillis;
    private final int interval;

    /**
     * @param intervalMillis how long a use counts as recent; 0 for not at all
     * @param keys how many keys are in use within that time; 1 or more
     */
    RecentUses(long intervalMillis, int keys) {
        int sets = Integer.highestOneBit(Math.max(1, keys / (WAYS / 2)) * 2 - 1);
        this.places = new AtomicIntegerArray(sets * WAYS);
        this.tickMillis = Math.max(1, intervalMillis / TICKS_OF_INTERVAL);
        this.interval = (int) (intervalMillis / tickMillis);
    }

    /** Whether a use of the key was put less than an interval before. */
    boolean has(ApiKeyId key, long nowMillis) {
        int tag = tag(key);
        int now = tick(nowMillis);
        int first = first(key);
        for (int at = first; at < first + WAYS; at++) {
            int place = places.getOpaque(at);
            if (place >>> TIME_BITS == tag && age(place, now) < interval) {
                return true;
            }
        }
        return false;
    }

    void put(ApiKeyId key, long nowMillis) {
        int now = tick(nowMillis);
        int oldest = first(key);
        for (int at = oldest + 1; at < first(key) + WAYS; at++) {
            if (age(places.getOpaque(at), now) > age(places.getOpaque(oldest), now)) {
                oldest = at;
            }
        }
        places.setOpaque(oldest, tag(key) << TIME_BITS | now);
    }

    /** The random bits of the id say where its places begin. */
    private int first(ApiKeyId key) {
        return ((int) key.low() & places.length() / WAYS - 1) * WAYS;
    }

    private static int tag(ApiKeyId key) {
        return (int) (key.low() >>> Integer.SIZE) & -1 >>> TIME_BITS;
    }

    private int tick(long millis) {
        return (int) (millis / tickMillis) & TIME;
    }

    private static int age(int place, int now) {
        return now - place & TIME;
    }
}
