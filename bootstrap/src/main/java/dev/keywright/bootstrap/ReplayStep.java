package dev.keywright.bootstrap;

import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.KeyField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a replay does about one key, so that nothing is granted that may have been taken back.
 *
 * @param act what happens to it
 * @param lost what the trail tells of it and the store does not know
 * @param why for people
 */
record ReplayStep(Act act, LostChanges lost, String why) {

    /** Who changes keys here, as it stands in their events. */
    static final Actor REPLAY = new Actor("command-line:audit-replay");

    /** What can happen to a key. */
    enum Act {
        DELETE("delete"),
        DEACTIVATE("deactivate"),
        REVIEW("review"),
        LOST("lost"),
        LEAVE("leave");

        private final String word;

        Act(String word) {
            this.word = word;
        }
    }

    /** Decides about a key as the store has it, with its events there. */
    static ReplayStep of(LostChanges lost, Optional<ApiKey> stored, List<RecordedEvent> events) {
        if (stored.isEmpty()) {
            return new ReplayStep(
                    Act.LOST,
                    lost,
                    "was created after the backup; its secret is refused, and its owner needs a new key");
        }
        ApiKey key = stored.get();
        if (key.deletedAt().isPresent()) {
            return new ReplayStep(Act.LEAVE, lost, "is deleted already");
        }
        if (lost.deleted()) {
            return new ReplayStep(Act.DELETE, lost, "was deleted");
        }
        if (wasReplayed(lost, events)) {
            return new ReplayStep(Act.LEAVE, lost, "was replayed before");
        }
        Set<KeyField> rights = lost.rights();
        if (!rights.isEmpty()) {
            return new ReplayStep(
                    key.enabled() ? Act.DEACTIVATE : Act.REVIEW,
                    lost,
                    "lost a change of " + names(rights) + ": set " + (rights.size() == 1 ? "it" : "them")
                            + " again before it is activated");
        }
        if (lost.switchedOff() && key.enabled()) {
            return new ReplayStep(Act.DEACTIVATE, lost, "was deactivated");
        }
        return new ReplayStep(Act.LEAVE, lost, "lost changes that took no right from it");
    }

    /** Whether somebody may have decided anew after an earlier replay of the same changes. */
    private static boolean wasReplayed(LostChanges lost, List<RecordedEvent> events) {
        return events.stream()
                .anyMatch(
                        event -> event.by().equals(REPLAY) && event.event().at().isAfter(lost.last()));
    }

    private static String names(Set<KeyField> fields) {
        return fields.stream()
                .map(field -> switch (field) {
                    case ALLOW_LIST -> "its addresses";
                    case SCOPES -> "its scopes";
                    case EXPIRY -> "its expiry";
                    case API_VERSION, DESCRIPTION -> field.name().toLowerCase(Locale.ROOT);
                })
                .collect(Collectors.joining(" and "));
    }

    /** The step in a line for people. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%-10s  %s  of %s  %s (last change %s)",
                act.word,
                lost.key(),
                Shown.line(lost.company().value()),
                why,
                lost.last());
    }
}
