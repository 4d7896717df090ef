package dev.keywright.bootstrap;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.KeyVerification;
import dev.keywright.domain.KeySecret;
import dev.keywright.http.HttpServer;
import jakarta.validation.Validator;
import java.net.BindException;
import java.security.SecureRandom;
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
        KeyAdministration administration = new KeyAdministration(store.keys(), clock, random, policy);
        KeyVerification verification = new KeyVerification(store.keys(), clock, policy.digester());
        Validator validator = EnglishValidator.warmedUp();
        HttpServer server = new HttpServer(
                settings.http(), administration, verification, policy.released(), store.reachable(), validator, clock);
        listen(server, settings);
        Runnable stop = () -> {
            server.close();
            store.close();
        };
        try {
            return new Service(server.port(), FirstKey.madeIn(store.keys(), administration), stop);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
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
