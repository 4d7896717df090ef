package dev.keywright.http;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A store that is away when told so. */
final class FailingStore implements KeyStore {

    private final KeyStore store;
    private volatile boolean away;
    private volatile boolean writesFail;

    FailingStore(KeyStore store) {
        this.store = store;
    }

    void goAway() {
        away = true;
    }

    /** From now on only writes fail, as on a full disk. */
    void failWrites() {
        writesFail = true;
    }

    void comeBack() {
        away = false;
        writesFail = false;
    }

    boolean isReachable() {
        return !away;
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        if (away) {
            throw failure();
        }
        return store.lookUp(reference);
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        if (away) {
            throw failure();
        }
        return store.lookUp(references);
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        if (away) {
            throw failure();
        }
        return store.read(work);
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        if (away || writesFail) {
            throw failure();
        }
        return store.write(work);
    }

    private static StoreFailure failure() {
        return new StoreFailure("select from api_key failed", new IOException("jdbc:internal: connection refused"));
    }
}
