package dev.keywright.application;

import dev.keywright.domain.ApiKeyId;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Remembers, in eight to sixteen bytes for each key that is expected, which keys were used a short while ago. A key that is
 * forgotten too early is noted once more than needed; that one is taken for another is a chance of one in a hundred
 * thousand, and then its use is noted an interval later. Thread-safe, without locks, and to ask changes nothing.
 *
 * <p>Keys stand in sets of seven. A place tells the time of a use in twelve bits, which come round again; so each set says
 * in which stretch of time it was changed last, and what is older than that can tell is nothing.
 */
final class RecentUses {

    /** The numbers of a set: the stretch of its last change, and its places. */
    private static final int SET = 8;

    private static final int KEYS_OF_SET = 4;
    private static final int TIME_BITS = 12;
    private static final int TIME = (1 << TIME_BITS) - 1;
    /** A place tells times apart for more than three stretches, and is trusted in two. */
    private static final int STRETCH_BITS = TIME_BITS - 2;

    /** Of an interval: so a key is noted again after seven eighths of it at the earliest. */
    private static final int LEAST_TICKS = 8;

    private static final int FREE = 0;

    private final AtomicIntegerArray sets;
    /** How many bits of a time in milliseconds are finer than is told. */
    private final int tickBits;

    /** In ticks, eight to fifteen of them. */
    private final int interval;

    /**
     * @param intervalMillis how long a use counts as recent; 0 for not at all
     * @param keys how many keys are in use within that time; 1 or more
     */
    RecentUses(long intervalMillis, int keys) {
        int count = Integer.highestOneBit(Math.max(1, Math.min(keys, 1 << 28) / KEYS_OF_SET) * 2 - 1);
        this.sets = new AtomicIntegerArray(count * SET);
        long mostOfTick = Math.max(1, intervalMillis / LEAST_TICKS);
        this.tickBits = Long.SIZE - 1 - Long.numberOfLeadingZeros(mostOfTick);
        this.interval = (int) (intervalMillis >> tickBits);
    }

    /** Whether a use of the key was put less than an interval before. */
    boolean has(ApiKeyId key, long nowMillis) {
        long hash = hash(key);
        long now = nowMillis >> tickBits;
        int set = set(hash);
        int behind = stretch(now) - sets.getAcquire(set);
        if (behind != 0 && behind != 1) {
            return false;
        }
        int name = name(hash);
        for (int at = set + 1; at < set + SET; at++) {
            int place = sets.getOpaque(at);
            if (place >>> TIME_BITS == name && age(place, now) < interval) {
                return true;
            }
        }
        return false;
    }

    /** Remembers a use, unless so many others of the same set were put less than an interval before. */
    void put(ApiKeyId key, long nowMillis) {
        long hash = hash(key);
        long now = nowMillis >> tickBits;
        int set = set(hash);
        int behind = stretch(now) - sets.getAcquire(set);
        int name = name(hash);
        int free = 0;
        for (int at = set + 1; at < set + SET; at++) {
            int place = sets.getOpaque(at);
            if (place != FREE && (behind < 0 || behind > 1 || age(place, now) >= interval)) {
                place = FREE;
                sets.setOpaque(at, FREE);
            }
            if (place >>> TIME_BITS == name || place == FREE && free == 0) {
                free = at;
            }
        }
        if (free != 0) {
            sets.setOpaque(free, name << TIME_BITS | (int) now & TIME);
        }
        if (behind != 0) {
            sets.setRelease(set, stretch(now));
        }
    }

    /** Ids of one moment may follow each other closely. */
    private static long hash(ApiKeyId key) {
        long mixed = (key.high() * 31 ^ key.low()) * 0x9e3779b97f4a7c15L;
        return mixed ^ mixed >>> 32;
    }

    private int set(long hash) {
        return ((int) hash & sets.length() / SET - 1) * SET;
    }

    /** Never that of a free place. */
    private static int name(long hash) {
        return Math.max(1, (int) (hash >>> (Long.SIZE - Integer.SIZE + TIME_BITS)));
    }

    private static int stretch(long tick) {
        return (int) (tick >>> STRETCH_BITS);
    }

    private static int age(int place, long now) {
        return (int) now - place & TIME;
    }
}
