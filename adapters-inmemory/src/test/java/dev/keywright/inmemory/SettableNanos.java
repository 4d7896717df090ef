package dev.keywright.inmemory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock for nanoseconds that moves only when it is told to, and can stop who reads it. Thread-safe. */
final class SettableNanos implements LongSupplier {

    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofMinutes(1).toNanos());
    private volatile Runnable onReading = () -> {};

    @Override
    public long getAsLong() {
        onReading.run();
        return now.get();
    }

    /** What is done by everybody who reads the clock. */
    void onReading(Runnable act) {
        onReading = act;
    }

    void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }
}
