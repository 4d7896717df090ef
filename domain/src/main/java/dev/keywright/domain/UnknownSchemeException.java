package dev.keywright.domain;

/** A stored digest was made with a pepper that this deployment does not have. No verdict can be given. */
public final class UnknownSchemeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownSchemeException(String scheme) {
        super("a stored key needs the pepper of scheme " + scheme + ", which is not configured");
    }
}
