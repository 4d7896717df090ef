package dev.keywright.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** Contract section 5 once more, written down for comparison: by names and numbers, and without regard for the product. */
final class PinModel {

    enum Outcome {
        FIRST_PIN,
        SAME,
        UPGRADE,
        DOWNGRADE,
        TOO_LATE,
        NEVER_PINNED
    }

    final TreeMap<String, Long> trail = new TreeMap<>();
    String current = "";
    long setAt;
    long lastChange;

    PinModel(Instant created) {
        lastChange = created.toEpochMilli();
    }

    Outcome move(String to, Instant clock, Duration window) {
        long now = Math.max(clock.toEpochMilli(), lastChange);
        Outcome outcome = judge(to, now);
        switch (outcome) {
            case UPGRADE -> trail.put(current, now + window.toMillis());
            case DOWNGRADE -> trail.tailMap(to, true).clear();
            default -> {}
        }
        if (outcome == Outcome.FIRST_PIN || outcome == Outcome.UPGRADE || outcome == Outcome.DOWNGRADE) {
            current = to;
            setAt = now;
            lastChange = now;
        }
        return outcome;
    }

    private Outcome judge(String to, long now) {
        if (current.isEmpty()) {
            return Outcome.FIRST_PIN;
        }
        if (to.equals(current)) {
            return Outcome.SAME;
        }
        if (to.compareTo(current) > 0) {
            return Outcome.UPGRADE;
        }
        if (!trail.containsKey(to)) {
            return Outcome.NEVER_PINNED;
        }
        return now <= trail.get(to) ? Outcome.DOWNGRADE : Outcome.TOO_LATE;
    }

    void otherChange(Instant clock) {
        lastChange = Math.max(clock.toEpochMilli(), lastChange);
    }

    Optional<Instant> shownInstant() {
        return trail.isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(trail.lastEntry().getValue()));
    }
}
