package dev.keywright.jdbi;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.EmptyStoreContract;
import dev.keywright.testkit.KeyInstantsContract;
import dev.keywright.testkit.KeyRowsContract;
import dev.keywright.testkit.UnitOfWorkContract;
import net.jqwik.api.Group;
import org.junit.jupiter.api.Nested;

/** The store on a real PostgreSQL keeps every contract. */
final class PostgresKeyStoreTest {

    private static final class Shared {
        private static final KeyStore STORE = fresh();
    }

    private static KeyStore fresh() {
        return Database.open(TestDatabases.onPostgres()).store();
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
}
