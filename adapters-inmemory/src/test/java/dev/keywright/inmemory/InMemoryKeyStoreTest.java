package dev.keywright.inmemory;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.EmptyStoreContract;
import dev.keywright.testkit.KeyInstantsContract;
import dev.keywright.testkit.KeyRowsContract;
import dev.keywright.testkit.UnitOfWorkContract;
import net.jqwik.api.Group;
import org.junit.jupiter.api.Nested;

/** The store in memory keeps every contract. */
final class InMemoryKeyStoreTest {

    @Nested
    class Empty extends EmptyStoreContract {
        @Override
        protected KeyStore store() {
            return new InMemoryKeyStore();
        }
    }

    @Nested
    class UnitOfWork extends UnitOfWorkContract {
        @Override
        protected KeyStore store() {
            return new InMemoryKeyStore();
        }
    }

    @Nested
    @Group
    class KeyRows extends KeyRowsContract {
        @Override
        protected KeyStore store() {
            return new InMemoryKeyStore();
        }
    }

    @Nested
    class KeyInstants extends KeyInstantsContract {
        @Override
        protected KeyStore store() {
            return new InMemoryKeyStore();
        }
    }
}
