package dev.keywright.jdbi;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.ChangedKey;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.KeyReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Remembers what it is told. Thread-safe. */
final class ToldChanges implements ChangeListener {

    private final List<ChangedKey> changes = new ArrayList<>();
    private long asOf = Long.MIN_VALUE;
    private int losses;

    @Override
    public synchronized void told(Collection<ChangedKey> more, long upTo) {
        changes.addAll(more);
        asOf = upTo;
        notifyAll();
    }

    @Override
    public synchronized void lost() {
        losses++;
        notifyAll();
    }

    static ChangedKey of(ApiKey key) {
        return new ChangedKey(key.credential().reference(), key.revision());
    }

    /** All that was told so far, in its order. */
    synchronized List<ChangedKey> changes() {
        return List.copyOf(changes);
    }

    synchronized boolean has(KeyReference reference, long revision) {
        return changes.contains(new ChangedKey(reference, revision));
    }

    synchronized int losses() {
        return losses;
    }

    /** Whether it was told up to a moment after this one. */
    synchronized boolean isUpTo(long moment) {
        return asOf != Long.MIN_VALUE && asOf - moment > 0;
    }

    /** Waits until it has been told something that makes this true; answers how long that took. */
    synchronized Duration await(BooleanSupplier condition) {
        long begin = System.nanoTime();
        long end = begin + Duration.ofSeconds(20).toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("it was never told; told so far: " + changes);
                }
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
