package dev.keywright.jdbi;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.AllKeyStoreContracts;

/** The store on an H2 file keeps every contract. */
final class H2FileKeyStoreTest extends AllKeyStoreContracts {

    /** One for all contracts that do not mind the keys of others. */
    private static final class Shared {
        private static final KeyStore STORE = fresh();
    }

    private static KeyStore fresh() {
        return Database.open(TestDatabases.inFile()).store();
    }

    @Override
    protected KeyStore newStore() {
        return fresh();
    }

    @Override
    protected KeyStore anyStore() {
        return Shared.STORE;
    }
}
