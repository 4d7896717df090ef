package dev.keywright.domain;

/** Carries a {@link KeyError} out of a unit of work, which thereby keeps nothing. */
public final class KeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient KeyError error;

    public KeyException(KeyError error) {
        super(error.message());
        this.error = error;
    }

    /** Why the act was refused. */
    public KeyError error() {
        return error;
    }
}
