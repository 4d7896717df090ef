package dev.keywright.application;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.KeySecret;
import java.util.Optional;

/**
 * The answer to a create.
 *
 * @param key the key
 * @param secret its secret, this once; empty if the create only repeats an earlier one, whose answer had it
 */
public record CreatedKey(ApiKey key, Optional<KeySecret> secret) {

    /** Whether an earlier create with the same idempotency key made it. */
    public boolean isReplay() {
        return secret.isEmpty();
    }
}
