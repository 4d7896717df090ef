package dev.keywright.bootstrap;

import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyField;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a trail tells of a key that the store does not know: how it changed, but not to which values. */
final class LostChanges {

    /** Fields that decide who may use a key, and for what. */
    private static final Set<KeyField> RIGHTS = EnumSet.of(KeyField.ALLOW_LIST, KeyField.SCOPES, KeyField.EXPIRY);

    private final CompanyId company;
    private final ApiKeyId key;
    private final EnumSet<KeyField> fields = EnumSet.noneOf(KeyField.class);
    private Optional<KeyAction> lastSwitch = Optional.empty();
    private boolean deleted;
    private Instant last = Instant.MIN;

    LostChanges(RecordedEvent first) {
        this.company = first.company();
        this.key = first.key();
    }

    void add(RecordedEvent event) {
        last = event.event().at();
        switch (event.event().action()) {
            case CREATED -> {}
            case UPDATED -> fields.addAll(event.event().fields());
            case ACTIVATED, DEACTIVATED ->
                lastSwitch = Optional.of(event.event().action());
            case DELETED -> deleted = true;
        }
    }

    CompanyId company() {
        return company;
    }

    ApiKeyId key() {
        return key;
    }

    /** When the last of them happened. */
    Instant last() {
        return last;
    }

    boolean deleted() {
        return deleted;
    }

    boolean switchedOff() {
        return lastSwitch.equals(Optional.of(KeyAction.DEACTIVATED));
    }

    /** What may have been taken from the key; nobody knows whether it was. */
    Set<KeyField> rights() {
        Set<KeyField> changed = EnumSet.copyOf(RIGHTS);
        changed.retainAll(fields);
        return changed;
    }
}
