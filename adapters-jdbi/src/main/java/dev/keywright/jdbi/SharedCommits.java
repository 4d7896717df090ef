package dev.keywright.jdbi;

import dev.keywright.application.spi.StoreFailure;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Units of work on an H2 file that are committed and, if so wanted, synced together: those that come at the same time share what costs most.
 * Thread-safe.
 *
 * <p>They run one after the other, each on its own thread, in one transaction on the one connection that writes, each behind a
 * savepoint. The first leads: it takes its place once more behind those who wait already, then commits and syncs. Nobody
 * is told anything before, not even of a failure: that may rest on what others have changed.
 *
 * <p>When a group is full, whoever comes next commits it before it begins another.
 *
 * <p>A unit of work that fails is undone alone. If the transaction or its end fails, that is a failure for all in it. Nobody waits
 * for ever: who gives up before the commit has begun takes it back for all, since nothing may change behind who was told already.
 */
final class SharedCommits {

    private static final String UNKNOWN = "committing together; whether the change was kept is not known";

    /** How many units of work share a commit at most: all that they write must fit into the {@link Reserve}. */
    static final int MOST = 32;

    private static final String SAVEPOINT = "before";

    private final Jdbi writing;
    private final Optional<KeptEvents> kept;
    private final Duration patience;
    private final Duration longest;

    /** Whoever holds it writes, and sees and changes the two fields below and the size of a group; first come, first served. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private @Nullable Group open;
    private boolean unsynced;

    /**
     * Shares the commits on the one connection that writes.
     *
     * @param kept is told of the newest event after each sync; empty where commits are not synced
     * @param patience how long a unit of work waits for its turn
     * @param longest how long one waits for the end of those that came before and for the commit
     */
    SharedCommits(Jdbi writing, Optional<KeptEvents> kept, Duration patience, Duration longest) {
        this.writing = writing;
        this.kept = kept;
        this.patience = patience;
        this.longest = longest;
    }

    /** Is told by a unit of work that it is about to change something: else there is nothing to sync. */
    void noteChange() {
        unsynced = true;
    }

    /**
     * Does a unit of work, and returns when it is committed and synced with all that it may have seen.
     *
     * @param work is given a handle in a transaction, which it leaves open
     * @throws StoreFailure if the turn does not come, or if it is not known whether the change is kept; what the work itself
     *     throws passes as it is
     */
    <R> R write(Function<? super Handle, ? extends R> work) {
        Group group = join();
        try {
            return group.run(work);
        } finally {
            boolean leads = open == group && !group.led.getAndSet(true);
            turn.unlock();
            if (leads) {
                lead(group);
            }
            group.awaitEnd();
        }
    }

    /** With the turn, unless it fails. */
    private Group join() {
        takeTurn(patience, "waiting for the turn to write");
        boolean joined = false;
        try {
            if (open != null && open.isGivenUp()) {
                open.fail(givenUp());
            }
            if (open != null && open.size == MOST) {
                open.commit();
            }
            Group group = open == null ? new Group(begin()) : open;
            group.size++;
            open = group;
            joined = true;
            return group;
        } finally {
            if (!joined) {
                turn.unlock();
            }
        }
    }

    private Handle begin() {
        Handle handle = null;
        try {
            handle = writing.open();
            JdbiKeyStore.configure(handle);
            return handle.begin();
        } catch (RuntimeException failure) {
            if (handle != null) {
                JdbiKeyStore.quietly("closing a connection", handle::close);
            }
            throw SqlTrouble.failure("opening a connection", failure);
        }
    }

    private void lead(Group group) {
        try {
            takeTurn(longest, UNKNOWN);
        } catch (StoreFailure late) {
            if (group.end.isDone()) {
                return;
            }
            // Whoever has the turn leads, or whoever comes next.
            group.giveUp();
            group.led.set(false);
            throw late;
        }
        try {
            if (open == group) {
                group.commit();
            }
        } finally {
            turn.unlock();
        }
    }

    private static SQLException givenUp() {
        return new SQLTimeoutException("one of those who share the commit has given up waiting for it", "57014");
    }

    private void takeTurn(Duration atMost, String what) {
        try {
            if (!uninterrupted(atMost, nanos -> turn.tryLock(nanos, TimeUnit.NANOSECONDS))) {
                throw new TimeoutException();
            }
        } catch (ExecutionException | TimeoutException late) {
            throw new StoreFailure(what, late);
        }
    }

    private enum State {
        OPEN,
        COMMITTING,
        GIVEN_UP
    }

    /** Units of work in one transaction. */
    private final class Group {

        private final Handle handle;
        private final AtomicBoolean led = new AtomicBoolean();
        private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private int size;

        Group(Handle handle) {
            this.handle = handle;
        }

        <R> R run(Function<? super Handle, ? extends R> work) {
            try {
                handle.savepoint(SAVEPOINT);
                R result = work.apply(handle);
                handle.releaseSavepoint(SAVEPOINT);
                return result;
            } catch (Throwable failure) {
                undo(failure);
                throw failure;
            }
        }

        /** If the savepoint is gone, so is the connection, or H2 has undone all of the transaction, as after a deadlock. */
        private void undo(Throwable failure) {
            try {
                handle.rollbackToSavepoint(SAVEPOINT);
            } catch (RuntimeException | Error gone) {
                fail(SqlTrouble.sqlException(failure).isPresent() ? failure : gone);
            }
        }

        void giveUp() {
            state.compareAndSet(State.OPEN, State.GIVEN_UP);
        }

        boolean isGivenUp() {
            return state.get() == State.GIVEN_UP;
        }

        void commit() {
            if (!state.compareAndSet(State.OPEN, State.COMMITTING)) {
                fail(givenUp());
                return;
            }
            try {
                handle.commit();
                if (unsynced && kept.isPresent()) {
                    sync(kept.get());
                    unsynced = false;
                }
                open = null;
                JdbiKeyStore.quietly("closing a connection", handle::close);
                end.complete(null);
            } catch (SQLException | RuntimeException | Error failure) {
                fail(failure);
            }
        }

        /** H2 has written what was committed, and does not sync by itself. */
        private void sync(KeptEvents kept) throws SQLException {
            try (Statement statement = handle.getConnection().createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            }
            kept.note(handle.getConnection());
        }

        private void fail(Throwable failure) {
            open = null;
            JdbiKeyStore.quietly("rolling back", handle::rollback);
            JdbiKeyStore.quietly("closing a connection", handle::close);
            end.completeExceptionally(failure);
        }

        void awaitEnd() {
            try {
                uninterrupted(longest, nanos -> end.get(nanos, TimeUnit.NANOSECONDS));
            } catch (ExecutionException failed) {
                throw SqlTrouble.failure(UNKNOWN, failed);
            } catch (TimeoutException late) {
                giveUp();
                throw new StoreFailure(UNKNOWN, late);
            }
        }
    }

    private interface Wait<T> {
        T atMost(long nanos) throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** Goes on waiting when the thread is interrupted, which it stays: the outcome is to be told in any case. */
    private static <T> T uninterrupted(Duration atMost, Wait<T> wait) throws ExecutionException, TimeoutException {
        long end = System.nanoTime() + atMost.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.atMost(end - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
