package dev.keywright.application.spi;

import dev.keywright.domain.KeyReference;
import java.util.Objects;

/**
 * One key that was changed: the reference of its secret, and the revision it has now.
 *
 * <p>A key that got another secret is told as two of these with one revision: the reference that it had, and the one it has.
 *
 * @param reference what a look-up of the key asks for
 * @param revision at least 1
 */
public record ChangedKey(KeyReference reference, long revision) {

    /** @throws IllegalArgumentException if no key can have this revision */
    public ChangedKey {
        Objects.requireNonNull(reference);
        if (revision < 1) {
            throw new IllegalArgumentException("a key has a revision of at least 1");
        }
    }
}
