package dev.keywright.application;

import dev.keywright.application.spi.Backoff;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.VerifiableKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes note of when and from where keys are used, without a write per use. A verification never waits for it and never
 * fails because of it.
 *
 * <p>Of each key one use per interval is noted, in memory; {@link #flush} writes what was noted to the store, many keys in
 * one unit of work. So a key's {@link dev.keywright.domain.ApiKey#lastUse} is behind its real last use by at most the
 * interval and twice the time between two flushes; what was not flushed when a process is killed is lost. Where more keys are in
 * use than it remembers, some are noted more often; where more wait to be written than it keeps, the use of a further key is
 * noted at its next use. Thread-safe.
 *
 * <p>The host calls {@link #flush} every few seconds and once more when it stops.
 */
public final class KeyUses {

    /** The most uses that one unit of work writes. */
    private static final int BATCH = 200;

    /** The most keys whose use waits to be written. */
    private static final int MOST_WAITING = 100_000;

    private static final int ATTEMPTS = 3;

    private static final Duration WITHIN = Duration.ofSeconds(3);

    private final @Nullable KeyStore store;
    private final InstantSource clock;
    private final long interval;
    private final RecentUses recent;
    /** The time of the last flush or note, in milliseconds: near enough to tell what is recent, and free to look at. */
    private volatile long lately;

    private final Map<ApiKeyId, NotedUse> waiting = new ConcurrentHashMap<>();

    private KeyUses(@Nullable KeyStore store, InstantSource clock, long interval, int keys) {
        this.store = store;
        this.clock = clock;
        this.interval = interval;
        this.recent = new RecentUses(interval, keys);
        this.lately = clock.millis();
    }

    /**
     * Notes uses.
     *
     * @param clock tells when a key is used; the one of the verification
     * @param interval how long after a noted use the next one of the same key is not noted; zero or more
     * @param keys about how many keys are in use within an interval; each takes 8 to 16 bytes
     */
    public static KeyUses notedIn(KeyStore store, InstantSource clock, Duration interval, int keys) {
        if (interval.isNegative() || keys < 1) {
            throw new IllegalArgumentException("an interval is not negative, and there is at least one key");
        }
        return new KeyUses(store, clock, interval.toMillis(), keys);
    }

    /** Notes nothing. */
    public static KeyUses unnoted() {
        return new KeyUses(null, () -> Instant.EPOCH, 0, 1);
    }

    /** Takes note of a use, unless that was done for this key a short while ago. */
    void note(VerifiableKey key, Optional<IpAddress> from) {
        if (store != null && !recent.has(key.id(), lately)) {
            noteAnew(key, from);
        }
    }

    private void noteAnew(VerifiableKey key, Optional<IpAddress> from) {
        ApiKeyId id = key.id();
        long now = clock.millis();
        lately = now;
        NotedUse before = waiting.get(id);
        if (before == null
                ? waiting.size() < MOST_WAITING
                : now - before.use().at().toEpochMilli() >= interval) {
            KeyUse use = new KeyUse(Instant.ofEpochMilli(now), from);
            waiting.merge(id, new NotedUse(key.company(), id, use), KeyUses::later);
            recent.put(id, now);
        }
    }

    private static NotedUse later(NotedUse one, NotedUse other) {
        return one.use().at().isAfter(other.use().at()) ? one : other;
    }

    /**
     * Writes what was noted before this call. Time passes for the interval when this is called, whether or not it succeeds.
     *
     * @throws StoreFailure if the store is away; what was not written waits for the next call
     * @throws WriteConflict if another unit of work was in the way again and again; likewise
     */
    public void flush() {
        if (store == null) {
            return;
        }
        lately = clock.millis();
        Iterator<NotedUse> before = List.copyOf(waiting.values()).iterator();
        while (before.hasNext()) {
            List<NotedUse> batch = new ArrayList<>();
            while (before.hasNext() && batch.size() < BATCH) {
                batch.add(before.next());
            }
            write(store, batch);
            batch.forEach(use -> waiting.remove(use.key(), use));
        }
    }

    private static void write(KeyStore store, List<NotedUse> batch) {
        Backoff backoff = Backoff.of(ATTEMPTS, WITHIN);
        while (true) {
            try {
                store.write(keys -> {
                    keys.noteUses(batch);
                    return batch;
                });
                return;
            } catch (WriteConflict conflict) {
                if (!backoff.pause()) {
                    throw conflict;
                }
            }
        }
    }
}
