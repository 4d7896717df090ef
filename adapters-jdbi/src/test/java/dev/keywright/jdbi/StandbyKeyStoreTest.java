package dev.keywright.jdbi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.ChangedKey;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.AllKeyStoreContracts;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

/** The store keeps every contract where look-ups go to a hot standby that is behind by however long streaming takes. */
final class StandbyKeyStoreTest extends AllKeyStoreContracts {

    private static final ChangeListener NOBODY = new ChangeListener() {
        @Override
        public void told(Collection<ChangedKey> changes, long asOf) {}

        @Override
        public void lost() {}
    };

    /** One for all contracts that do not mind the keys of others. */
    private static final class Shared {
        private static final KeyStore STORE = fresh();
    }

    @BeforeAll
    static void requireBinaries() {
        assumeTrue(
                StreamingStandby.isPossible(), "a standby needs PostgreSQL's binaries; the tests were given a server");
    }

    private static KeyStore fresh() {
        Database database = Database.open(StreamingStandby.running().newDatabase());
        // Nobody else changes these data, so there is nothing more to tell for as long as the tests last.
        database.throughStandby(Duration.ofHours(1), NOBODY).told(List.of(), System.nanoTime());
        return database.store();
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
