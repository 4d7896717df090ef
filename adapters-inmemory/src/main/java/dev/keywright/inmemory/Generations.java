package dev.keywright.inmemory;

import dev.keywright.domain.KeyReference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was learned about references, forgotten by age and by count: there is a young generation and an old one, and when the
 * young one is half of the greatest age or holds half of the greatest count, it becomes the old one. So no entry needs to
 * carry its age, and to find one changes nothing.
 *
 * <p>Any number of threads look up without a lock, one at a time may change.
 */
final class Generations {

    private final int mostEach;
    private final long maxAge;
    private volatile Generation young;
    private volatile Generation old;
    /** When the last of all questions was put whose answer has come. */
    private long newest;

    /**
     * @param since the time from which on its entries were asked for, in nanoseconds of some clock
     */
    private record Generation(long since, KeyTable table) {
        static Generation born(long now) {
            return new Generation(now, new KeyTable());
        }
    }

    /**
     * @param maxEntries 2 or more
     * @param maxAge positive
     */
    Generations(int maxEntries, Duration maxAge, long now) {
        this.mostEach = maxEntries / 2;
        this.maxAge = maxAge.toNanos();
        this.young = Generation.born(now);
        this.old = young;
        this.newest = now;
    }

    /** What is known of the reference and was asked for less than the greatest age ago; null if nothing. */
    @Nullable
    Object find(KeyReference reference, long now) {
        Object entry = find(young, reference, now);
        return entry == null ? find(old, reference, now) : entry;
    }

    private @Nullable Object find(Generation generation, KeyReference reference, long now) {
        return now - generation.since < maxAge ? generation.table.find(reference) : null;
    }

    /**
     * Keeps what was learned, in place of what was known. An answer that comes after those to later questions takes a free
     * place or none: it drives out nothing else.
     *
     * @param asked when the question was put, which is when the answer may have been true for the last time
     */
    void put(KeyReference reference, Object entry, long asked) {
        if (asked - newest >= 0) {
            newest = asked;
            if (asked - young.since >= maxAge / 2 || young.table.size() >= mostEach) {
                old = young;
                young = Generation.born(asked);
            }
        }
        if (hasPlace(young, asked)) {
            young.table.put(reference, entry);
            return;
        }
        remove(reference);
        if (hasPlace(old, asked)) {
            old.table.put(reference, entry);
        }
    }

    private boolean hasPlace(Generation generation, long asked) {
        return asked - generation.since >= 0 && generation.table.size() < mostEach;
    }

    /** Forgets what is known of the reference. */
    void remove(KeyReference reference) {
        young.table.remove(reference);
        old.table.remove(reference);
    }

    /** Forgets all entries. */
    void clear(long now) {
        young = Generation.born(now);
        old = young;
    }

    /** How many entries are kept. */
    int size() {
        return young.table.size() + (old == young ? 0 : old.table.size());
    }
}
