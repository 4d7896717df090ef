package dev.keywright.testkit;

import dev.keywright.application.spi.KeyStore;

/** Every contract, over the store that is on trial. */
final class Contracts {

    private Contracts() {}

    static final class EmptyStore extends EmptyStoreContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class UnitOfWork extends UnitOfWorkContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class Conflicts extends ConflictsContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class Snapshots extends SnapshotsContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class KeyRows extends KeyRowsContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class KeyInstants extends KeyInstantsContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class LookUp extends LookUpContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class LastUse extends LastUseContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class NotedUses extends NotedUsesContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class Events extends EventsContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class Paging extends PagingContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class Totals extends TotalsContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class Idempotency extends IdempotencyContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class Tenancy extends TenancyContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class KeyCreation extends KeyCreationContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class RepeatedCreate extends RepeatedCreateContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class KeyListing extends KeyListingContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class Walks extends WalksContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class KeyChanges extends KeyChangesContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class ChangeRefusals extends ChangeRefusalsContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class ParallelChanges extends ParallelChangesContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class KeyVerification extends KeyVerificationContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }

    static final class KeyUses extends KeyUsesContract {
        @Override
        protected KeyStore store() {
            return Trial.store();
        }
    }
}
