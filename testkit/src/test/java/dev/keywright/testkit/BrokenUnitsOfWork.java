package dev.keywright.testkit;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Stores that break what they promise about a unit of work, one promise each. */
final class BrokenUnitsOfWork {

    private BrokenUnitsOfWork() {}

    static final class KeepsWhatFailed extends ReferenceStore {
        @Override
        public <R> R write(Function<? super KeyWriter, ? extends R> work) {
            refuseInsideWrite();
            turn.lock();
            ReferenceState changed = state.copy();
            ReferenceWork lent = lend(changed);
            try {
                R result = work.apply(lent);
                state = changed;
                return result;
            } catch (UnsupportedOperationException failure) {
                state = changed;
                throw failure;
            } finally {
                lent.end();
                turn.unlock();
            }
        }
    }

    static final class KeepsWhatEndedInAnError extends ReferenceStore {
        @Override
        public <R> R write(Function<? super KeyWriter, ? extends R> work) {
            refuseInsideWrite();
            turn.lock();
            ReferenceState changed = state.copy();
            ReferenceWork lent = lend(changed);
            try {
                R result = work.apply(lent);
                state = changed;
                return result;
            } catch (Error failure) {
                state = changed;
                throw failure;
            } finally {
                lent.end();
                turn.unlock();
            }
        }
    }

    static final class WrapsExceptions extends ReferenceStore {
        @Override
        public <R> R read(Function<? super KeyReader, ? extends R> work) {
            try {
                return super.read(work);
            } catch (UnsupportedOperationException failure) {
                throw new UnsupportedOperationException(failure);
            }
        }
    }

    static final class SwallowsExceptions extends ReferenceStore {
        @Override
        public <R> R write(Function<? super KeyWriter, ? extends R> work) {
            try {
                return super.write(work);
            } catch (UnsupportedOperationException failure) {
                return null;
            }
        }
    }

    /** Commits when the next write begins. */
    static final class CommitsLater extends ReferenceStore {

        private ReferenceState pending = state;

        @Override
        public <R> R write(Function<? super KeyWriter, ? extends R> work) {
            refuseInsideWrite();
            turn.lock();
            try {
                state = pending;
                return change(work, changed -> {
                    pending = changed;
                    return state;
                });
            } finally {
                turn.unlock();
            }
        }
    }

    static final class LendsForEver extends ReferenceStore {
        LendsForEver() {
            super(state -> new ReferenceWork(state) {
                @Override
                void end() {}
            });
        }
    }

    static final class AllowsReadsInsideWrites extends ReferenceStore {
        @Override
        public <R> R read(Function<? super KeyReader, ? extends R> work) {
            ReferenceWork lent = lend(state.copy());
            try {
                return work.apply(lent);
            } finally {
                lent.end();
            }
        }
    }

    static final class AllowsWritesInsideWrites extends ReferenceStore {
        @Override
        public <R> R write(Function<? super KeyWriter, ? extends R> work) {
            turn.lock();
            try {
                return change(work, UnaryOperator.identity());
            } finally {
                turn.unlock();
            }
        }
    }

    /** A reader sees what is committed at each look, as with the isolation level "read committed". */
    static final class ReadsWhatIsNow extends ReferenceStore {
        @Override
        public <R> R read(Function<? super KeyReader, ? extends R> work) {
            refuseInsideWrite();
            ReferenceWork lent = new ReferenceWork(state) {
                @Override
                ReferenceState state() {
                    super.state();
                    return ReadsWhatIsNow.this.state;
                }
            };
            try {
                return work.apply(lent);
            } finally {
                lent.end();
            }
        }
    }

    /** Others see a change before it is committed. */
    static final class ShowsDrafts extends ReferenceStore {
        @Override
        public <R> R write(Function<? super KeyWriter, ? extends R> work) {
            refuseInsideWrite();
            turn.lock();
            ReferenceState before = state;
            ReferenceState changed = before.copy();
            ReferenceWork lent = lend(changed);
            state = changed;
            try {
                R result = work.apply(lent);
                lent.checkConflict();
                return result;
            } catch (RuntimeException | Error failure) {
                state = before;
                throw failure;
            } finally {
                lent.end();
                turn.unlock();
            }
        }
    }

    /** A writer reads what was there before its own changes. */
    static final class DoesNotReadItsOwnChanges extends ReferenceStore {
        DoesNotReadItsOwnChanges() {
            super(BlindWork::new);
        }
    }

    private static final class BlindWork extends ReferenceWork {

        private final ReferenceWork before;

        BlindWork(ReferenceState state) {
            super(state);
            this.before = new ReferenceWork(state.copy());
        }

        @Override
        public long count(CompanyId company, KeyStatus status) {
            state();
            return before.count(company, status);
        }
    }

    /** Two writes at a time start from the same state, and the later one puts its own in place. */
    static final class LastWriterWins extends ReferenceStore {

        private final Exchanger<ReferenceState> meeting = new Exchanger<>();

        @Override
        public <R> R write(Function<? super KeyWriter, ? extends R> work) {
            refuseInsideWrite();
            ReferenceState changed = state.copy();
            ReferenceWork lent = lend(changed);
            try {
                R result = work.apply(lent);
                waitForAnother(changed);
                lent.checkConflict();
                state = changed;
                return result;
            } finally {
                lent.end();
            }
        }

        /** Makes sure that writers who are there at the same time do meet. */
        private void waitForAnother(ReferenceState changed) {
            try {
                meeting.exchange(changed, 50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException alone) {
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A work that has kept a conflict to itself is committed. */
    static final class ForgivesConflicts extends ReferenceStore {
        ForgivesConflicts() {
            super(state -> new ReferenceWork(state) {
                @Override
                void checkConflict() {}
            });
        }
    }

    /** Has a key of its own from the start. */
    static KeyStore neverEmpty() {
        ReferenceStore store = new ReferenceStore();
        Samples.insert(store, Samples.company());
        return store;
    }
}
