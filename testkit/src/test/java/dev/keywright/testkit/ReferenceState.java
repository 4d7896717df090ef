package dev.keywright.testkit;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that the reference store holds, in the plainest of collections. */
final class ReferenceState {

    /** Whose token. */
    record Sender(CompanyId company, IdempotencyToken token) {}

    final Map<ApiKeyId, ApiKey> rows;
    final List<RecordedEvent> events;
    final Map<Sender, RecordedCreate> creates;

    ReferenceState() {
        this(Map.of(), List.of(), Map.of());
    }

    private ReferenceState(
            Map<ApiKeyId, ApiKey> rows, List<RecordedEvent> events, Map<Sender, RecordedCreate> creates) {
        this.rows = new HashMap<>(rows);
        this.events = new ArrayList<>(events);
        this.creates = new HashMap<>(creates);
    }

    ReferenceState copy() {
        return new ReferenceState(rows, events, creates);
    }
}
