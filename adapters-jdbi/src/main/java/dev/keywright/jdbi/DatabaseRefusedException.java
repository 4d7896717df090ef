package dev.keywright.jdbi;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be used as it is, and going on would risk what is in it. The message is for the operator: it says what
 * is wrong and what to do, and holds no password.
 */
public final class DatabaseRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong and what to do about it
     */
    public DatabaseRefusedException(String message) {
        this(message, null);
    }

    /**
     * @param message what is wrong and what to do about it
     * @param cause what the database's own parts said, for the log only
     */
    public DatabaseRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
