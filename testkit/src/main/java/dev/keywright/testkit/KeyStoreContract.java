package dev.keywright.testkit;

import dev.keywright.application.spi.KeyStore;
import org.jspecify.annotations.Nullable;

/**
 * What all contracts of a store share: the store itself. {@link AllKeyStoreContracts} runs them all; a class that extends
 * one of them says in {@link #store()} which store to test.
 *
 * <p>The examples in the contracts are run by JUnit Jupiter, the properties by jqwik, so a build that runs them has both
 * engines; a nested test class carries {@code @Nested} for the one and {@code @Group} for the other.
 * Neither runs the other's life-cycle methods: what a store needs to exist is best done in {@link #store()}.
 *
 * <p>The contracts work in companies, and with ids, references and tokens, that nobody else has. Except where a contract
 * says otherwise, the store may hold the keys of others, and the same store may serve every test.
 */
public abstract class KeyStoreContract {

    private @Nullable KeyStore lent;

    /** The store to test, empty or not. Called once per instance of the test class, that is, once per test or property. */
    protected abstract KeyStore store();

    /** The store under test; the first of the test's threads that asks has it made. */
    final synchronized KeyStore keys() {
        KeyStore present = lent;
        if (present == null) {
            present = store();
            lent = present;
        }
        return present;
    }
}
