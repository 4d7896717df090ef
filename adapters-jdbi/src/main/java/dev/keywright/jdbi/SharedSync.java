package dev.keywright.jdbi;

import dev.keywright.application.spi.StoreFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was committed onto the disk, once for all who wait at the same time. Thread-safe.
 *
 * <p>Whoever has committed waits for a sync that began after the commit. The first to come leads the next one, the others
 * follow. If it fails, it fails for all who waited for it. Nobody follows for ever.
 */
final class SharedSync {

    /** What is synced. */
    interface Disk {

        /**
         * Brings onto the disk all that is committed when it begins.
         *
         * @param begins to be run right before, while nobody can write
         */
        void sync(Runnable begins) throws SQLException;
    }

    private static final String UNKNOWN = "syncing; whether the change would survive a loss of power is not known";

    private final Disk disk;
    private final Duration patience;
    private long changes;
    private long synced;
    private @Nullable CompletableFuture<Void> next;

    /**
     * Syncs a disk.
     *
     * @param patience how long one follows
     */
    SharedSync(Disk disk, Duration patience) {
        this.disk = disk;
        this.patience = patience;
    }

    /** Is told of a change before it is committed, by the only one who can write at that time. */
    synchronized void noteChange() {
        changes++;
    }

    /**
     * Returns when all is on the disk that was committed before the call, by whomever: also who changed nothing may have
     * answered after a change that is not there yet.
     *
     * @throws StoreFailure if it is not known whether it is there
     */
    void await() {
        CompletableFuture<Void> mine;
        boolean leads;
        synchronized (this) {
            if (synced == changes) {
                return;
            }
            leads = next == null;
            mine = leads ? new CompletableFuture<>() : next;
            next = mine;
        }
        if (leads) {
            lead(mine);
        }
        follow(mine);
    }

    private void lead(CompletableFuture<Void> mine) {
        long[] covered = new long[1];
        try {
            disk.sync(() -> covered[0] = begin(mine));
            end(covered[0]);
            mine.complete(null);
        } catch (SQLException | RuntimeException | Error failure) {
            begin(mine);
            mine.completeExceptionally(failure);
        }
    }

    /** Who comes from now on waits for the next one. */
    private synchronized long begin(CompletableFuture<Void> mine) {
        if (next == mine) {
            next = null;
        }
        return changes;
    }

    private synchronized void end(long covered) {
        synced = Math.max(synced, covered);
    }

    private void follow(CompletableFuture<Void> sync) {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    sync.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            throw SqlTrouble.failure(UNKNOWN, failed);
        } catch (TimeoutException late) {
            throw new StoreFailure(UNKNOWN, late);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
