package dev.keywright.application.spi;

/** Somebody else changed what this unit of work rests on. It kept nothing; run again, it is judged on the new state. */
public final class WriteConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what met what
     */
    public WriteConflict(String message) {
        super(message);
    }

    /**
     * @param message what met what
     * @param cause what the store's own parts said
     */
    public WriteConflict(String message, Throwable cause) {
        super(message, cause);
    }
}
