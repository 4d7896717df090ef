package dev.keywright.jdbi;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.AllKeyStoreContracts;

/** The store on a real PostgreSQL keeps every contract. */
final class PostgresKeyStoreTest extends AllKeyStoreContracts {

    /** One for all contracts that do not mind the keys of others. */
    private static final class Shared {
        private static final KeyStore STORE = fresh();
    }

    private static KeyStore fresh() {
        return Database.open(TestDatabases.onPostgres()).store();
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
