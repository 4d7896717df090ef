package dev.keywright.inmemory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Work on a thread of its own, with an end: whatever hangs fails its test. */
final class Background<R> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How often it is looked whether something has come about, in nanoseconds: seldom enough to leave it time. */
    private static final long GLANCE = 20_000;

    private final FutureTask<R> work;
    private final Thread thread;

    private Background(Supplier<R> work) {
        this.work = new FutureTask<>(work::get);
        this.thread = new Thread(null, this.work, "background", 128 * 1024);
        this.thread.setDaemon(true);
    }

    /** Starts the work. */
    static <R> Background<R> start(Supplier<R> work) {
        Background<R> started = new Background<>(work);
        started.thread.start();
        return started;
    }

    /** Waits until something has come about. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited " + PATIENCE + " until " + what);
            }
            LockSupport.parkNanos(GLANCE);
        }
    }

    /** Waits until it waits for somebody, be it with an end or without: not for a lock, and not at a gate. */
    Background<R> awaitWaiting() {
        return awaitBlockedBy("waits", AbstractQueuedSynchronizer.ConditionObject.class);
    }

    /** Waits until it waits for a lock that somebody holds. */
    Background<R> awaitBlocked() {
        return awaitBlockedBy("waits for a lock", AbstractQueuedSynchronizer.class);
    }

    private Background<R> awaitBlockedBy(String what, Class<?> blocker) {
        await("a thread " + what, () -> {
            if (hasEnded()) {
                throw new AssertionError("a thread has ended instead of waiting");
            }
            return blocker.isInstance(LockSupport.getBlocker(thread));
        });
        return this;
    }

    boolean hasEnded() {
        return work.isDone();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Its result, or its failure as it was thrown. */
    R result() {
        try {
            return work.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Background.<RuntimeException>asItIs(e.getCause());
        } catch (TimeoutException e) {
            AssertionError hangs = new AssertionError("a thread did not end within " + PATIENCE);
            hangs.setStackTrace(thread.getStackTrace());
            throw hangs;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What it threw; empty if it ended well. */
    Optional<Throwable> failure() {
        try {
            result();
            return Optional.empty();
        } catch (Throwable thrown) {
            return Optional.of(thrown);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T asItIs(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
