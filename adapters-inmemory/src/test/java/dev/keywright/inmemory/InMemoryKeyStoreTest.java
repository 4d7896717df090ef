package dev.keywright.inmemory;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.AllKeyStoreContracts;

/** The store in memory keeps every contract. */
final class InMemoryKeyStoreTest extends AllKeyStoreContracts {

    @Override
    protected KeyStore newStore() {
        return new InMemoryKeyStore();
    }
}
