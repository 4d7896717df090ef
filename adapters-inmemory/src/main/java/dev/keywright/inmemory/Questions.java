package dev.keywright.inmemory;

import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Asks the store for keys that are not known: once for each at a time, for many at once while it is busy, and not too often in
 * vain. Whoever needs an answer puts the question himself, for all who wait; there is no thread in the background.
 *
 * <p>An answer is learned only if nobody has disowned its question in the meantime. What was read before a change must not be
 * kept after it. Nobody joins a question so old that its answer may be staler than is allowed.
 */
final class Questions {

    /** How many questions may be on their way to the store at the same time. */
    private static final int LANES = 4;

    /** The most references of one question. */
    private static final int MOST_AT_ONCE = 500;

    private final Function<Set<KeyReference>, List<VerifiableKey>> store;
    private final Remembered remembered;
    private final ReentrantLock lock;
    private final long maxAge;
    private final LongSupplier nanos;
    private final Pace vain;

    /** What is asked for or waits to be, and was not disowned. */
    private final Map<KeyReference, Load> open = new HashMap<>();

    private final LinkedHashMap<KeyReference, Load> waiting = new LinkedHashMap<>();
    private int underWay;

    /**
     * @param store answers questions, without keeping or changing the set; called without the lock
     * @param maxAge how old the answer to a question may be that one joins
     */
    Questions(
            Function<Set<KeyReference>, List<VerifiableKey>> store,
            Remembered remembered,
            ReentrantLock lock,
            Duration maxAge,
            LongSupplier nanos) {
        this.store = store;
        this.remembered = remembered;
        this.lock = lock;
        this.maxAge = maxAge.toNanos();
        this.nanos = nanos;
        this.vain = new Pace(nanos.getAsLong());
    }

    /**
     * Waits for the store's answer, or fetches it, unless it has become known meanwhile. What the store throws reaches all who
     * waited for it.
     */
    Optional<VerifiableKey> answer(KeyReference reference) {
        lock.lock();
        try {
            Object known = remembered.find(reference, nanos.getAsLong());
            if (known != null) {
                return Remembered.answer(known);
            }
            Load load = joined(reference);
            if (awaitEnd(load)) {
                Thread.currentThread().interrupt();
            }
            return load.answer();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is an answer, and whether somebody interrupted. */
    private boolean awaitEnd(Load load) {
        boolean interrupted = false;
        while (!load.ended) {
            if (!load.waiting || underWay == LANES) {
                load.changed.awaitUninterruptibly();
            } else {
                long pause = vain.pause(nanos.getAsLong());
                if (pause > 0) {
                    interrupted |= sleep(load, pause);
                } else {
                    ask();
                }
            }
        }
        return interrupted;
    }

    private Load joined(KeyReference reference) {
        Load before = open.get(reference);
        if (before != null && (before.waiting || nanos.getAsLong() - before.asked < maxAge)) {
            return before;
        }
        Load load = new Load(lock.newCondition());
        open.put(reference, load);
        waiting.put(reference, load);
        return load;
    }

    /** Waits that long or until there is news; whether somebody interrupted. */
    private static boolean sleep(Load load, long pause) {
        try {
            load.changed.awaitNanos(pause);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Puts one question to the store, for all who wait. The lock is held, but not while the store thinks. */
    private void ask() {
        long asked = nanos.getAsLong();
        Map<KeyReference, VerifiableKey> found = new HashMap<>();
        Map<KeyReference, Load> batch = batch();
        batch.values().forEach(load -> load.begin(asked));
        underWay++;
        vain.spend(asked);
        wakeNext();
        Throwable failure = null;
        lock.unlock();
        try {
            store.apply(Collections.unmodifiableSet(batch.keySet())).forEach(key -> found.put(key.reference(), key));
        } catch (Throwable thrown) {
            // Whatever it is, also what no store should throw: nobody is left to wait.
            failure = thrown;
        } finally {
            lock.lock();
        }
        underWay--;
        if (!found.isEmpty() || failure != null) {
            vain.giveBack();
        }
        for (Map.Entry<KeyReference, Load> each : batch.entrySet()) {
            each.getValue().end(found.get(each.getKey()), failure);
        }
        wakeNext();
        boolean answered = failure == null;
        batch.forEach((reference, load) -> {
            if (open.remove(reference, load) && answered) {
                remembered.learn(reference, found.get(reference), asked);
            }
        });
    }

    /** Somebody who waits is to put the next question. */
    private void wakeNext() {
        if (underWay < LANES && !waiting.isEmpty()) {
            waiting.values().iterator().next().changed.signal();
        }
    }

    private Map<KeyReference, Load> batch() {
        Map<KeyReference, Load> batch = new HashMap<>();
        waiting.entrySet().stream().limit(MOST_AT_ONCE).forEach(each -> batch.put(each.getKey(), each.getValue()));
        waiting.keySet().removeAll(batch.keySet());
        return batch;
    }

    /** Sees to it that no answer to a question that was put already is learned or joined. The lock is held. */
    void disown(KeyReference reference) {
        open.computeIfPresent(reference, (any, load) -> load.waiting ? load : null);
    }

    /** The same for every reference. The lock is held. */
    void disownAll() {
        open.values().removeIf(load -> !load.waiting);
    }
}
