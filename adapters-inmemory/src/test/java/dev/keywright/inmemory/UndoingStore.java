package dev.keywright.inmemory;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A store that undoes the first run of a write and runs it again, after somebody else has changed something in between. */
final class UndoingStore implements KeyStore {

    private final KeyStore store;
    private final Runnable inBetween;

    UndoingStore(KeyStore store, Runnable inBetween) {
        this.store = store;
        this.inBetween = inBetween;
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        return store.lookUp(reference);
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        return store.lookUp(references);
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        return store.read(work);
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        try {
            return store.write(keys -> {
                work.apply(keys);
                throw new WriteConflict("undone");
            });
        } catch (WriteConflict undone) {
            inBetween.run();
            return store.write(work);
        }
    }
}
