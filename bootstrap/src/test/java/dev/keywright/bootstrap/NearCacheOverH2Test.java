package dev.keywright.bootstrap;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.inmemory.NearCache;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.DatabaseSettings;
import dev.keywright.testkit.AllKeyStoreContracts;
import java.time.Duration;
import java.util.UUID;

/** The near cache in front of a database, as the service has it, keeps every contract of a store. */
final class NearCacheOverH2Test extends AllKeyStoreContracts {

    /** One for all contracts that do not mind the keys of others. */
    private static final class Shared {
        private static final KeyStore STORE = fresh();
    }

    private static KeyStore fresh() {
        Database database = Database.open(DatabaseSettings.of("jdbc:h2:mem:" + UUID.randomUUID()));
        return new NearCache(database.store(), 1_000, Duration.ofMinutes(10), System::nanoTime);
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
