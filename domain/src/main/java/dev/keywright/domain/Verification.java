package dev.keywright.domain;

import java.util.Optional;

/** The verdict on a presented secret: granted, or denied for one reason. Never an exception. */
public sealed interface Verification {

    /** Whether the secret was accepted. */
    default boolean isGranted() {
        return this instanceof Granted;
    }

    /**
     * The secret is good for this call.
     *
     * @param key the key it belongs to
     */
    record Granted(VerifiableKey key) implements Verification {}

    /**
     * The secret is not good for this call.
     *
     * @param reason the first reason that applies
     * @param key the key, where the secret has proven to be its own; empty for {@link Denial#NOT_FOUND}
     * @param missing the scopes that the key lacks; empty for every reason but {@link Denial#INSUFFICIENT_SCOPE}
     */
    record Denied(Denial reason, Optional<VerifiableKey> key, Scopes missing) implements Verification {

        private static final Denied NOT_FOUND = new Denied(Denial.NOT_FOUND, Optional.empty(), Scopes.none());

        /** The one answer to everybody who has not proven to hold a key of the company. */
        public static Denied notFound() {
            return NOT_FOUND;
        }
    }
}
