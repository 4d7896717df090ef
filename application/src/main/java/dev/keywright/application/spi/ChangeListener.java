package dev.keywright.application.spi;

import java.util.Collection;

/**
 * Is told of changes by whoever watches a store.
 *
 * <p>It is told by one thread at a time, and should return at once: what is told next waits for it.
 */
public interface ChangeListener {

    /**
     * Tells changes. With this, all that was acknowledged before {@code asOf} has been told.
     *
     * @param changes each as often as it likes and in no order; none if nothing was changed
     * @param asOf an instant of {@code System.nanoTime()}
     */
    void told(Collection<ChangedKey> changes, long asOf);

    /** Anything may have changed since the last call of {@code told}. */
    void lost();
}
