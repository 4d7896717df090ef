package dev.keywright.jdbi;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.ChangeRefusalsContract;
import dev.keywright.testkit.ConflictsContract;
import dev.keywright.testkit.EmptyStoreContract;
import dev.keywright.testkit.EventsContract;
import dev.keywright.testkit.IdempotencyContract;
import dev.keywright.testkit.KeyChangesContract;
import dev.keywright.testkit.KeyCreationContract;
import dev.keywright.testkit.KeyInstantsContract;
import dev.keywright.testkit.KeyListingContract;
import dev.keywright.testkit.KeyRowsContract;
import dev.keywright.testkit.KeyVerificationContract;
import dev.keywright.testkit.PagingContract;
import dev.keywright.testkit.ParallelChangesContract;
import dev.keywright.testkit.RepeatedCreateContract;
import dev.keywright.testkit.SnapshotsContract;
import dev.keywright.testkit.TenancyContract;
import dev.keywright.testkit.UnitOfWorkContract;
import dev.keywright.testkit.WalksContract;
import net.jqwik.api.Group;
import org.junit.jupiter.api.Nested;

/** The store on H2 in memory keeps every contract. */
final class H2MemoryKeyStoreTest {

    /** One store for all contracts: none of them minds the keys of the others. */
    private static final class Shared {
        private static final KeyStore STORE = fresh();
    }

    private static KeyStore fresh() {
        return Database.open(TestDatabases.inMemory()).store();
    }

    @Nested
    class Empty extends EmptyStoreContract {
        @Override
        protected KeyStore store() {
            return fresh();
        }
    }

    @Nested
    class UnitOfWork extends UnitOfWorkContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class Conflicts extends ConflictsContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class Snapshots extends SnapshotsContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    @Group
    class KeyRows extends KeyRowsContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class KeyInstants extends KeyInstantsContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    @Group
    class Events extends EventsContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    @Group
    class Paging extends PagingContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class Idempotency extends IdempotencyContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class Tenancy extends TenancyContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class KeyCreation extends KeyCreationContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class RepeatedCreate extends RepeatedCreateContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class KeyListing extends KeyListingContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class Walks extends WalksContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class KeyChanges extends KeyChangesContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class ChangeRefusals extends ChangeRefusalsContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class ParallelChanges extends ParallelChangesContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }

    @Nested
    class KeyVerification extends KeyVerificationContract {
        @Override
        protected KeyStore store() {
            return Shared.STORE;
        }
    }
}
