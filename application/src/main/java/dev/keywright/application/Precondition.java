package dev.keywright.application;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import java.util.Optional;
import java.util.Set;

/**
 * What must be true of a key for a change to happen ({@code If-Match}, RFC 9110 section 13.1.1).
 *
 * @param revisions the revisions that are fine; empty for any
 */
public record Precondition(Optional<Set<Long>> revisions) {

    private static final Precondition NONE = new Precondition(Optional.empty());

    /** Whatever state the key is in. */
    public static Precondition none() {
        return NONE;
    }

    /** Only if the key is at one of these revisions; of none, never. */
    public static Precondition revisionIn(Set<Long> revisions) {
        return new Precondition(Optional.of(Set.copyOf(revisions)));
    }

    void check(ApiKey key) {
        if (revisions.isPresent() && !revisions.get().contains(key.revision())) {
            throw new KeyException(new KeyError.PreconditionFailed(key.revision()));
        }
    }
}
