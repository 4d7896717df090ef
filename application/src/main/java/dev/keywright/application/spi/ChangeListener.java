package dev.keywright.application.spi;

import java.util.Collection;

/**
 * Is told of changes by whoever watches a store, so that it can forget what it remembers of the keys. Whoever watches calls
 * it on one thread at a time, and waits for it.
 */
public interface ChangeListener {

    /**
     * Tells changes, of a key also more than once and also such as were made by this process. With this call, all that was
     * acknowledged before {@code asOf} has been told.
     *
     * @param changes in no order; may be empty
     * @param asOf a moment of {@link System#nanoTime}
     */
    void told(Collection<ChangedKey> changes, long asOf);

    /** Anything may have changed since the last call of {@link #told}. */
    void lost();
}
