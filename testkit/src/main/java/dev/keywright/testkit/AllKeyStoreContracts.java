package dev.keywright.testkit;

import dev.keywright.application.spi.KeyStore;
import net.jqwik.api.Group;
import org.junit.jupiter.api.Nested;

/**
 * All contracts of a store at once. The author of a store writes one class that extends this and says how a new store is
 * made; a contract that a later version adds is then tested without another line.
 *
 * <p>Run it with both engines, JUnit Jupiter and jqwik: some contracts are examples, some properties.
 */
public abstract class AllKeyStoreContracts {

    /** A new store without any key. */
    protected abstract KeyStore newStore();

    /**
     * A store for a contract that does not mind the keys of others. A new one, unless new ones are dear: then the same may
     * be given to all.
     */
    protected KeyStore anyStore() {
        return newStore();
    }

    @Nested
    public class Empty extends EmptyStoreContract {
        @Override
        protected KeyStore store() {
            return newStore();
        }
    }

    @Nested
    public class UnitOfWork extends UnitOfWorkContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class Conflicts extends ConflictsContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class Snapshots extends SnapshotsContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    @Group
    public class KeyRows extends KeyRowsContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class KeyInstants extends KeyInstantsContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class LookUp extends LookUpContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class LastUse extends LastUseContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class NotedUses extends NotedUsesContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    @Group
    public class Events extends EventsContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    @Group
    public class Paging extends PagingContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    @Group
    public class Totals extends TotalsContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class Idempotency extends IdempotencyContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class Tenancy extends TenancyContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class KeyCreation extends KeyCreationContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class RepeatedCreate extends RepeatedCreateContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class KeyListing extends KeyListingContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class Walks extends WalksContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class KeyChanges extends KeyChangesContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class ChangeRefusals extends ChangeRefusalsContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class ParallelChanges extends ParallelChangesContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class KeyVerification extends KeyVerificationContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }

    @Nested
    public class KeyUses extends KeyUsesContract {
        @Override
        protected KeyStore store() {
            return anyStore();
        }
    }
}
