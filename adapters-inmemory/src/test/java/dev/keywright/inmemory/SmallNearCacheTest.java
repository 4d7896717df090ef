package dev.keywright.inmemory;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.AllKeyStoreContracts;
import java.time.Duration;

/** The near cache, too small for the keys of most contracts, keeps every contract of a store. */
final class SmallNearCacheTest extends AllKeyStoreContracts {

    @Override
    protected KeyStore newStore() {
        return new NearCache(new InMemoryKeyStore(), 2, Duration.ofHours(1), System::nanoTime);
    }
}
