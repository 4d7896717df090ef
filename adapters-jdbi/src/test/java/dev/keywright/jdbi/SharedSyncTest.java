package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keywright.application.spi.StoreFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** one sync for all who wait at the same time, and none that began before a commit counts for it. */
final class SharedSyncTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int WRITERS = 16;

    /** A disk with one connection, whose syncs end when the test lets them. */
    private static final class SlowDisk implements SharedSync.Disk {
        private final Semaphore connection = new Semaphore(1);
        private final Semaphore begun = new Semaphore(0);
        private final Semaphore mayEnd = new Semaphore(0);
        private final AtomicInteger syncs = new AtomicInteger();
        private volatile boolean broken;

        @Override
        public void sync(Runnable begins) throws SQLException {
            connection.acquireUninterruptibly();
            try {
                begins.run();
                syncs.incrementAndGet();
                begun.release();
                mayEnd.acquireUninterruptibly();
                if (broken) {
                    throw new SQLException("no", "90031");
                }
            } finally {
                connection.release();
            }
        }
    }

    private final SlowDisk disk = new SlowDisk();
    private final SharedSync sync = new SharedSync(disk, LONG);
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private Thread writer() {
        sync.noteChange();
        Thread thread = new Thread(() -> {
            Throwable failure = catchThrowable(sync::await);
            if (failure != null) {
                failures.add(failure);
            }
        });
        thread.start();
        return thread;
    }

    private List<Thread> writersWhoWait(int count) {
        List<Thread> writers = new ArrayList<>();
        for (int each = 0; each < count; each++) {
            writers.add(writer());
        }
        writers.forEach(SharedSyncTest::untilItWaits);
        return writers;
    }

    private static void untilItWaits(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(LONG.toMillis());
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void allWhoCommitDuringASyncShareTheNextOne() throws InterruptedException {
        List<Thread> first = writersWhoWait(1);
        disk.begun.acquire();
        List<Thread> others = writersWhoWait(WRITERS);

        disk.mayEnd.release();
        disk.begun.acquire();
        join(first);
        others.forEach(other -> assertThat(other.isAlive()).isTrue());
        disk.mayEnd.release();
        join(others);

        assertThat(disk.syncs).hasValue(2);
        assertThat(failures).isEmpty();
    }

    @Test
    void aSyncThatFailsFailsForAllWhoWaitedAndForNobodyElse() throws InterruptedException {
        List<Thread> first = writersWhoWait(1);
        disk.begun.acquire();
        List<Thread> others = writersWhoWait(WRITERS);

        disk.mayEnd.release();
        disk.begun.acquire();
        join(first);
        disk.broken = true;
        disk.mayEnd.release();
        join(others);

        assertThat(failures)
                .hasSize(WRITERS)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(StoreFailure.class)
                        .hasMessageContaining("whether the change would survive a loss of power is not known"));
    }

    /** Whoever finds a key deleted already must not say so before the deletion is on the disk. */
    @Test
    void whoChangedNothingWaitsForTheChangesOfOthers() throws InterruptedException {
        sync.noteChange();
        Thread reader = new Thread(sync::await);
        reader.start();
        disk.begun.acquire();
        assertThat(reader.isAlive()).isTrue();
        disk.mayEnd.release();
        join(List.of(reader));

        sync.await();

        assertThat(disk.syncs).hasValue(1);
    }

    @Test
    void afterAFailureTheNextOneTriesAgain() throws InterruptedException {
        disk.broken = true;
        disk.mayEnd.release();
        join(List.of(writer()));
        disk.broken = false;
        disk.mayEnd.release();

        sync.await();

        assertThat(disk.syncs).hasValue(2);
        assertThat(failures).hasSize(1);
    }

    @Test
    void nobodyFollowsForEver() throws InterruptedException {
        SharedSync impatient = new SharedSync(disk, Duration.ofMillis(50));
        impatient.noteChange();
        disk.connection.acquire();
        Thread leader = new Thread(impatient::await);
        leader.start();
        untilItWaits(leader);

        assertThatThrownBy(impatient::await).isInstanceOf(StoreFailure.class);

        disk.connection.release();
        disk.mayEnd.release();
        join(List.of(leader));
    }

    @Test
    void anInterruptedThreadKeepsWaitingAndStaysInterrupted() throws InterruptedException {
        List<Thread> leader = writersWhoWait(1);
        disk.begun.acquire();
        sync.noteChange();
        List<Boolean> interrupted = new ArrayList<>();
        Thread waiting = new Thread(() -> {
            Thread.currentThread().interrupt();
            sync.await();
            interrupted.add(Thread.interrupted());
        });
        waiting.start();

        disk.mayEnd.release(2);
        join(leader);
        join(List.of(waiting));

        assertThat(interrupted).containsExactly(true);
        assertThat(disk.syncs).hasValue(2);
    }
}
