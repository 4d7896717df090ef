package dev.keywright.testkit;

import dev.keywright.application.spi.KeyStore;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store that breaks one promise.
 *
 * @param name what it does wrong
 * @param contract the contract that it breaks
 * @param noticedBy the tests of the contract that must fail
 */
record Broken(
        String name, Supplier<KeyStore> store, Class<? extends KeyStoreContract> contract, List<String> noticedBy) {

    static Broken broken(
            String name, Supplier<KeyStore> store, Class<? extends KeyStoreContract> contract, String... noticedBy) {
        return new Broken(name, store, contract, List.of(noticedBy));
    }

    /** A store that is right but for what it lends. */
    static Broken lending(
            Function<ReferenceState, ReferenceWork> work,
            Class<? extends KeyStoreContract> contract,
            String... noticedBy) {
        String name = work.apply(new ReferenceState()).getClass().getSimpleName();
        return new Broken(name, () -> new ReferenceStore(work), contract, List.of(noticedBy));
    }

    static Broken rows(BrokenRows rows, Class<? extends KeyStoreContract> contract, String... noticedBy) {
        return new Broken(rows.name(), rows::store, contract, List.of(noticedBy));
    }
}
