package dev.keywright.testkit;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A store that cannot be reached.
 *
 * @param failure what it throws, always
 */
record AwayStore(StoreFailure failure) implements KeyStore {

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        throw failure;
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        throw failure;
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        throw failure;
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        throw failure;
    }
}
