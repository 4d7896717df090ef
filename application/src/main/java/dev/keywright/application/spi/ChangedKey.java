package dev.keywright.application.spi;

import dev.keywright.domain.KeyReference;

/**
 * One key that was changed.
 *
 * @param reference of its secret; a key that got another secret is told with the former reference as well
 * @param revision the revision that it has now
 */
public record ChangedKey(KeyReference reference, long revision) {}
