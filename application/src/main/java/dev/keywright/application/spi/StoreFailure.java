package dev.keywright.application.spi;

/** The store cannot do its work now: it is away, full, broken or too slow. Nothing is known about the keys. */
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what could not be done; no secret and no value of a key
     * @param cause what the store's own parts said, for the log only
     */
    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
