package dev.keywright.testkit;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The smallest store that keeps every promise: all units of work take turns, each on a copy of everything. */
class ReferenceStore implements KeyStore {

    final ReentrantLock turn = new ReentrantLock();
    volatile ReferenceState state = new ReferenceState();

    private final Function<ReferenceState, ReferenceWork> lending;

    ReferenceStore() {
        this(ReferenceWork::new);
    }

    /** A store that lends something else. */
    ReferenceStore(Function<ReferenceState, ReferenceWork> lending) {
        this.lending = lending;
    }

    final ReferenceWork lend(ReferenceState seen) {
        return lending.apply(seen);
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        refuseInsideWrite();
        return lend(state.copy()).referredTo(reference).map(VerifiableKey::of);
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        return references.stream().map(this::lookUp).flatMap(Optional::stream).toList();
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        refuseInsideWrite();
        ReferenceWork lent = lend(state.copy());
        try {
            return work.apply(lent);
        } finally {
            lent.end();
        }
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        refuseInsideWrite();
        turn.lock();
        try {
            return change(work, UnaryOperator.identity());
        } finally {
            turn.unlock();
        }
    }

    /** One write; {@code commit} makes the state that is kept out of the one that the work has left. */
    final <R> R change(Function<? super KeyWriter, ? extends R> work, UnaryOperator<ReferenceState> commit) {
        ReferenceState changed = state.copy();
        ReferenceWork lent = lend(changed);
        try {
            R result = work.apply(lent);
            lent.checkConflict();
            state = commit.apply(changed);
            return result;
        } finally {
            lent.end();
        }
    }

    void refuseInsideWrite() {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("inside a write");
        }
    }
}
