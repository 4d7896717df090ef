package dev.keywright.example;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.KeyUses;
import dev.keywright.application.KeyVerification;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.inmemory.NearCache;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Keys that every request is checked for: kept in memory, and their last use is noted in the background. */
final class FastKeys implements AutoCloseable {

    final KeyAdministration administration;
    final KeyVerification verification;
    private final KeyUses uses;
    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();

    FastKeys(KeyStore store) {
        // Changes made by other processes are seen a second later at most. Those made through this object: at once.
        KeyStore keys = new NearCache(store, 100_000, Duration.ofSeconds(1), System::nanoTime);
        InstantSource clock = InstantSource.system();
        KeyPolicy policy = KeyPolicy.defaults();
        uses = KeyUses.notedIn(keys, clock, Duration.ofMinutes(1), 100_000);
        administration = new KeyAdministration(keys, clock, new SecureRandom(), policy);
        verification = new KeyVerification(keys, clock, policy.digester(), uses);
        background.scheduleWithFixedDelay(this::flush, 5, 5, TimeUnit.SECONDS);
    }

    private void flush() {
        try {
            uses.flush();
        } catch (RuntimeException storeIsAway) {
            System.err.println("Last uses wait to be written: " + storeIsAway.getMessage());
        }
    }

    @Override
    public void close() {
        background.shutdown();
        flush();
    }
}
