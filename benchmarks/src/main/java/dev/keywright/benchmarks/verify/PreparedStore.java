package dev.keywright.benchmarks.verify;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A store of which only look-ups are asked. */
final class PreparedStore implements KeyStore {
    private final Function<KeyReference, Optional<VerifiableKey>> keys;

    PreparedStore(Function<KeyReference, Optional<VerifiableKey>> keys) {
        this.keys = keys;
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        return keys.apply(reference);
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        return references.stream().map(keys).flatMap(Optional::stream).toList();
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        throw new UnsupportedOperationException("only look-ups");
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        throw new UnsupportedOperationException("only look-ups");
    }
}
