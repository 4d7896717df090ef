package dev.keywright.domain;

import java.time.Instant;
import java.util.Set;

/**
 * What a change did, to be kept beside the key it changed.
 *
 * @param action what happened
 * @param fields what an update changed; empty for every other action
 * @param at when
 */
public record KeyEvent(KeyAction action, Set<KeyField> fields, Instant at) {

    public KeyEvent {
        fields = Set.copyOf(fields);
        if (fields.isEmpty() == (action == KeyAction.UPDATED)) {
            throw new IllegalArgumentException("an update, and nothing else, names the fields it changed");
        }
    }
}
