package dev.keywright.bootstrap;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.inmemory.InMemoryKeyStore;
import dev.keywright.jdbi.Database;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/**
 * The store that the settings name, open until it is closed.
 *
 * @param keys what is in it
 * @param shared whether other processes can change it at the same time
 * @param reachable whether it can be used right now
 * @param watching has a listener told of all changes, this often at least
 * @param closing lets go of it
 */
record OpenStore(
        KeyStore keys,
        boolean shared,
        BooleanSupplier reachable,
        BiConsumer<Duration, ChangeListener> watching,
        Runnable closing)
        implements AutoCloseable {

    /**
     * Opens it, and brings its schema up to date.
     *
     * @throws dev.keywright.jdbi.DatabaseRefusedException if it must not be used as it is
     */
    static OpenStore of(Settings settings) {
        if (settings.inMemory()) {
            return new OpenStore(new InMemoryKeyStore(), false, () -> true, (bound, listener) -> {}, () -> {});
        }
        Database database = Database.open(settings.database());
        return new OpenStore(
                database.store(), database.isShared(), database::isReachable, database::watch, database::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
