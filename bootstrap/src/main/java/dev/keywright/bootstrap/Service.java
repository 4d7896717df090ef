package dev.keywright.bootstrap;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.KeyUses;
import dev.keywright.application.KeyVerification;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.KeySecret;
import dev.keywright.http.HttpServer;
import dev.keywright.inmemory.NearCache;
import jakarta.validation.Validator;
import java.net.BindException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The service, put together from top to bottom. Closing it answers the requests in flight and then lets go of the store.
 *
 * @param port where it listens
 * @param firstKey the secret of the first key, where this start has made it
 * @param stopping what closing does
 */
record Service(int port, Optional<KeySecret> firstKey, Runnable stopping) implements AutoCloseable {

    private static final Duration UNSHARED_MAX_AGE = Duration.ofMinutes(10);
    private static final int FEW_KEYS = 1_000;

    /** Starts it; what was opened is closed again if it cannot start. */
    static Service start(Settings settings) {
        OpenStore store = OpenStore.of(settings);
        try {
            return start(settings, store);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static Service start(Settings settings, OpenStore store) {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        KeyPolicy policy = settings.policy();
        KeyStore keys = nearCache(store, settings);
        KeyUses uses = settings.lastUsedInterval()
                .map(interval -> KeyUses.notedIn(keys, clock, interval, Math.max(settings.cacheKeys(), FEW_KEYS)))
                .orElse(KeyUses.unnoted());
        KeyAdministration administration = new KeyAdministration(keys, clock, random, policy);
        KeyVerification verification = new KeyVerification(keys, clock, policy.digester(), uses);
        Validator validator = EnglishValidator.warmedUp();
        HttpServer server = new HttpServer(
                settings.http(), administration, verification, policy.released(), store.reachable(), validator, clock);
        listen(server, settings);
        Flushes flushes = Flushes.of(uses);
        Runnable stop = () -> {
            server.close();
            flushes.close();
            store.close();
        };
        try {
            return new Service(server.port(), FirstKey.madeIn(keys, administration), stop);
        } catch (RuntimeException e) {
            server.close();
            flushes.close();
            throw e;
        }
    }

    /** What nobody else can change may be kept for long; what others can change is kept while they are heard. */
    private static KeyStore nearCache(OpenStore store, Settings settings) {
        if (settings.cacheKeys() == 0) {
            return store.keys();
        }
        if (!store.shared()) {
            return new NearCache(store.keys(), settings.cacheKeys(), UNSHARED_MAX_AGE, System::nanoTime);
        }
        Duration silence = settings.revocationBound().plus(settings.cutOffGrace());
        NearCache cache = NearCache.listening(store.keys(), settings.cacheKeys(), silence, System::nanoTime);
        store.watching().accept(settings.revocationBound(), cache);
        return cache;
    }

    private static void listen(HttpServer server, Settings settings) {
        try {
            server.start();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw new CommandFailure(
                            ExitStatus.UNAVAILABLE,
                            "Cannot listen on " + settings.host() + ", port " + settings.port()
                                    + ": it is taken, or this machine has no such address");
                }
            }
            throw e;
        }
    }

    @Override
    public void close() {
        stopping.run();
    }
}
