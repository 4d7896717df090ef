package dev.keywright.inmemory;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.AllKeyStoreContracts;
import java.time.Duration;

/** The near cache, with room for every key, keeps every contract of a store. */
final class NearCacheTest extends AllKeyStoreContracts {

    @Override
    protected KeyStore newStore() {
        return new NearCache(new InMemoryKeyStore(), 1_000, Duration.ofHours(1), System::nanoTime);
    }
}
