package dev.keywright.testkit;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.StoreFailure;
import java.util.function.Function;

/**
 * A store that cannot be reached.
 *
 * @param failure what it throws, always
 */
record AwayStore(StoreFailure failure) implements KeyStore {

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        throw failure;
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        throw failure;
    }
}
