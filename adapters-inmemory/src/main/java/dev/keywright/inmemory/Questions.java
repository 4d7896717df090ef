package dev.keywright.inmemory;

import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

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
    private final Learner learner;
    private final ReentrantLock lock;
    private final long maxAge;
    private final LongSupplier nanos;
    private final Pace vain;

    /** What is asked for or waits to be, and was not disowned. */
    private final Map<KeyReference, Load> open = new HashMap<>();

    private final LinkedHashMap<KeyReference, Load> waiting = new LinkedHashMap<>();
    private int underWay;

    /** Keeps what was answered. Called with the lock held. */
    interface Learner {
        /**
         * @param asked when the question was put, in nanoseconds
         */
        void learn(KeyReference reference, Optional<VerifiableKey> answer, long asked);
    }

    /**
     * @param store answers questions; called without the lock
     * @param maxAge how old the answer to a question may be that one joins
     */
    Questions(
            Function<Set<KeyReference>, List<VerifiableKey>> store,
            Learner learner,
            ReentrantLock lock,
            Duration maxAge,
            LongSupplier nanos) {
        this.store = store;
        this.learner = learner;
        this.lock = lock;
        this.maxAge = maxAge.toNanos();
        this.nanos = nanos;
        this.vain = new Pace(nanos.getAsLong());
    }

    /** Waits for the store's answer, or fetches it. What the store throws reaches all who waited for it. */
    Optional<VerifiableKey> answer(KeyReference reference) {
        boolean interrupted = false;
        lock.lock();
        try {
            Load load = joined(reference);
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
            return load.answer();
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
        Map<KeyReference, Load> batch = batch();
        long asked = nanos.getAsLong();
        batch.values().forEach(load -> load.begin(asked));
        underWay++;
        vain.spend(asked);
        Map<KeyReference, VerifiableKey> found = new HashMap<>();
        Throwable failure = null;
        lock.unlock();
        try {
            store.apply(batch.keySet()).forEach(key -> found.put(key.reference(), key));
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        } finally {
            lock.lock();
        }
        underWay--;
        if (!found.isEmpty() || failure != null) {
            vain.giveBack();
        }
        for (Map.Entry<KeyReference, Load> each : batch.entrySet()) {
            end(each.getKey(), each.getValue(), Optional.ofNullable(found.get(each.getKey())), failure);
        }
        waiting.values().stream().findFirst().ifPresent(next -> next.changed.signal());
    }

    private Map<KeyReference, Load> batch() {
        Map<KeyReference, Load> batch = new HashMap<>();
        Iterator<Map.Entry<KeyReference, Load>> next = waiting.entrySet().iterator();
        while (next.hasNext() && batch.size() < MOST_AT_ONCE) {
            Map.Entry<KeyReference, Load> each = next.next();
            batch.put(each.getKey(), each.getValue());
            next.remove();
        }
        return batch;
    }

    private void end(KeyReference reference, Load load, Optional<VerifiableKey> found, @Nullable Throwable failure) {
        if (open.remove(reference, load) && failure == null) {
            learner.learn(reference, found, load.asked);
        }
        load.end(found, failure);
    }

    /** Sees to it that no answer to a question that was put already is learned or joined. The lock is held. */
    void disown(KeyReference reference) {
        open.computeIfPresent(reference, (any, load) -> load.waiting ? load : null);
    }
}
