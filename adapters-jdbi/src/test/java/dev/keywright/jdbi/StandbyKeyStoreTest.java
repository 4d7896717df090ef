package dev.keywright.jdbi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.ChangedKey;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.ChangeRefusalsContract;
import dev.keywright.testkit.ConflictsContract;
import dev.keywright.testkit.KeyChangesContract;
import dev.keywright.testkit.KeyCreationContract;
import dev.keywright.testkit.KeyUsesContract;
import dev.keywright.testkit.KeyVerificationContract;
import dev.keywright.testkit.LastUseContract;
import dev.keywright.testkit.LookUpContract;
import dev.keywright.testkit.ParallelChangesContract;
import dev.keywright.testkit.TenancyContract;
import dev.keywright.testkit.UnitOfWorkContract;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/**
 * The store keeps the contracts where look-ups go to a hot standby that is behind by however long streaming takes. Those of
 * lists and events are left to {@link PostgresKeyStoreTest}: no look-up bears on them.
 */
final class StandbyKeyStoreTest {

    private static final ChangeListener NOBODY = new ChangeListener() {
        @Override
        public void told(Collection<ChangedKey> changes, long asOf) {}

        @Override
        public void lost() {}
    };

    /** One for all. */
    private static final class Shared {
        private static final KeyStore STORE = open();
    }

    @BeforeAll
    static void requireBinaries() {
        assumeTrue(
                StreamingStandby.isPossible(), "a standby needs PostgreSQL's binaries; the tests were given a server");
    }

    private static KeyStore open() {
        Database database = Database.open(StreamingStandby.running().newDatabase());
        // Nobody else changes these data, so there is nothing more to tell for as long as the tests last.
        database.throughStandby(Duration.ofHours(1), NOBODY).told(List.of(), System.nanoTime());
        return database.store();
    }

    @Nested
    final class UnitOfWork extends UnitOfWorkContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    final class Conflicts extends ConflictsContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    final class LookUp extends LookUpContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    final class LastUse extends LastUseContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    final class KeyUses extends KeyUsesContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    final class KeyCreation extends KeyCreationContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    final class KeyChanges extends KeyChangesContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    final class ChangeRefusals extends ChangeRefusalsContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    final class ParallelChanges extends ParallelChangesContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    final class KeyVerification extends KeyVerificationContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    final class Tenancy extends TenancyContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }
}
