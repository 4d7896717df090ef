package dev.keywright.application;

import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.KeyStatus;

/**
 * Which part of a company's keys to list. The order is always newest first.
 *
 * @param status only keys of this status
 * @param limit the most keys to return, 1 to 100
 * @param start where the page begins or ends
 */
public record PageRequest(KeyStatus status, int limit, Start start) {

    /** The most keys of a page. */
    public static final int MAX_LIMIT = 100;

    /** The keys of a page where none is asked for. */
    public static final int DEFAULT_LIMIT = 25;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidValueException("limit must be between 1 and " + MAX_LIMIT);
        }
    }

    /** The newest active keys. */
    public static PageRequest first() {
        return new PageRequest(KeyStatus.ACTIVE, DEFAULT_LIMIT, new Start.Offset(0));
    }

    /** Where a page lies. An id is a position whether or not a key has it. */
    public sealed interface Start {

        /**
         * Right after this many of the newest keys.
         *
         * @param count 0 or more; the cost grows with it
         */
        record Offset(long count) implements Start {
            public Offset {
                if (count < 0) {
                    throw new InvalidValueException("offset must not be negative");
                }
            }
        }

        /** Right after this position: the next older keys. */
        record After(ApiKeyId position) implements Start {}

        /** Right before this position: the next newer keys. */
        record Before(ApiKeyId position) implements Start {}
    }
}
