package dev.keywright.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Work on several threads, with an end: whatever hangs fails its test. */
final class Parallel {

    /** How long anything may take before it counts as hanging. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * How long a test gives another thread the chance to do what it must not do, or what it may do or put off. A correct
     * store passes however long that is.
     */
    static final Duration CHANCE = Duration.ofMillis(500);

    private Parallel() {}

    /** Runs the work on so many threads that set out together; returns their results in order, or throws the first failure. */
    static <R> List<R> run(int threads, IntFunction<R> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<R>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                running.add(pool.submit(() -> {
                    meet(start);
                    return work.apply(number);
                }));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> each : running) {
                results.add(result(each));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    /** Starts the work on another thread. */
    static <R> Other<R> start(Supplier<R> work) {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Future<R> running = pool.submit(work::get);
        pool.shutdown();
        return new Other<>(running);
    }

    /** Work that goes on elsewhere. */
    static final class Other<R> {

        private final Future<R> running;

        private Other(Future<R> running) {
            this.running = running;
        }

        /** Waits a little for its end, and says whether it came. */
        boolean hasEndedAfterAChance() {
            try {
                running.get(CHANCE.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                return true;
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        /** Waits for its result, or throws its failure. */
        R result() {
            return Parallel.result(running);
        }
    }

    /** Waits until another thread has come to this point. */
    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("waited " + PATIENCE + " for another thread");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("the threads did not meet", e);
        }
    }

    private static <R> R result(Future<R> running) {
        try {
            return running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new AssertionError("a thread did not end within " + PATIENCE, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        }
    }

    private static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted", e);
    }
}
