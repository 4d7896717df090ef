package dev.keywright.inmemory;

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

/**
 * Keys in memory, for tests, trials and embedding teams that can do without them tomorrow: nothing outlives the process.
 *
 * <p>What it holds is immutable and swapped as a whole, so a read is a snapshot that waits for nobody and keeps nobody
 * waiting. Writes take turns. Every act takes time in the logarithm of the number of keys, and a page its own length more.
 * Thread-safe.
 */
public final class InMemoryKeyStore implements KeyStore {

    private final ReentrantLock turn = new ReentrantLock();
    private volatile Contents contents = Contents.nothing();

    /** A store without any key. */
    public InMemoryKeyStore() {}

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        refuseInsideWrite();
        return contents.lookUp(reference);
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        refuseInsideWrite();
        Contents now = contents;
        return references.stream().map(now::lookUp).flatMap(Optional::stream).toList();
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        refuseInsideWrite();
        Snapshot snapshot = new Snapshot(contents);
        try {
            return work.apply(snapshot);
        } finally {
            snapshot.end();
        }
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        refuseInsideWrite();
        turn.lock();
        try {
            Draft draft = new Draft(contents);
            try {
                R result = work.apply(draft);
                contents = draft.committed();
                return result;
            } finally {
                draft.end();
            }
        } finally {
            turn.unlock();
        }
    }

    private void refuseInsideWrite() {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("a unit of work cannot begin inside a write");
        }
    }
}
