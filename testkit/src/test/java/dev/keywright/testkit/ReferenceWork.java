package dev.keywright.testkit;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.KeyUse;
import dev.keywright.testkit.ReferenceState.Sender;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the reference store lends: every promise kept in the plainest way, and each method open to be broken. */
class ReferenceWork implements KeyWriter {

    private final ReferenceState state;
    private boolean over;
    private @Nullable WriteConflict conflict;

    ReferenceWork(ReferenceState state) {
        this.state = state;
    }

    /** What this work sees and changes, while it lasts. */
    ReferenceState state() {
        if (over) {
            throw new IllegalStateException("over");
        }
        return state;
    }

    void end() {
        over = true;
    }

    /** Lets a conflict out that the work has kept to itself. */
    void checkConflict() {
        if (conflict != null) {
            throw conflict;
        }
    }

    WriteConflict conflict(String message) {
        conflict = new WriteConflict(message);
        return conflict;
    }

    Stream<ApiKey> keysOf(CompanyId company) {
        return state().rows.values().stream().filter(key -> key.company().equals(company));
    }

    Stream<ApiKey> keysOf(CompanyId company, KeyStatus status) {
        return keysOf(company).filter(key -> key.status() == status);
    }

    @Override
    public Optional<ApiKey> find(CompanyId company, ApiKeyId id) {
        return keysOf(company).filter(key -> key.id().equals(id)).findFirst();
    }

    /** The key whose secret has this reference, whosever it is. */
    Optional<ApiKey> referredTo(KeyReference reference) {
        return state().rows.values().stream()
                .filter(key -> key.credential().reference().equals(reference))
                .findFirst();
    }

    @Override
    public List<ApiKey> older(CompanyId company, KeyStatus status, ApiKeyId before, long skip, int limit) {
        return keysOf(company, status)
                .filter(key -> key.id().compareTo(before) < 0)
                .sorted(Comparator.comparing(ApiKey::id).reversed())
                .skip(skip)
                .limit(limit)
                .toList();
    }

    @Override
    public List<ApiKey> newer(CompanyId company, KeyStatus status, ApiKeyId after, int limit) {
        return keysOf(company, status)
                .filter(key -> key.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(ApiKey::id))
                .limit(limit)
                .toList();
    }

    @Override
    public long count(CompanyId company, KeyStatus status) {
        return keysOf(company, status).count();
    }

    @Override
    public Optional<ApiKeyId> newest(CompanyId company) {
        return keysOf(company).map(ApiKey::id).max(Comparator.naturalOrder());
    }

    @Override
    public List<RecordedEvent> events(CompanyId company, ApiKeyId id) {
        return state().events.stream()
                .filter(event -> event.company().equals(company) && event.key().equals(id))
                .toList();
    }

    @Override
    public Optional<RecordedCreate> findCreate(CompanyId company, IdempotencyToken token) {
        return Optional.ofNullable(state().creates.get(new Sender(company, token)));
    }

    @Override
    public boolean isEmpty() {
        return state().rows.isEmpty();
    }

    @Override
    public void insert(KeyChange created, Actor by) {
        ApiKey key = created.after();
        if (isTaken(key)) {
            throw conflict("taken");
        }
        put(created, Optional.empty(), by);
    }

    boolean isTaken(ApiKey key) {
        return state().rows.containsKey(key.id())
                || referredTo(key.credential().reference()).isPresent();
    }

    @Override
    public void replace(KeyChange change, Actor by) {
        ApiKey after = change.after();
        Optional<ApiKey> before = find(after.company(), after.id());
        if (before.filter(key -> follows(key, after)).isEmpty()) {
            throw conflict("stale");
        }
        put(change, before.orElseThrow().lastUse(), by);
    }

    boolean follows(ApiKey before, ApiKey after) {
        return before.revision() == after.revision() - 1;
    }

    void put(KeyChange change, Optional<KeyUse> lastUse, Actor by) {
        ApiKey after = change.after().withLastUse(lastUse);
        state().rows.put(after.id(), after);
        record(new RecordedEvent(
                state().events.size(), after.company(), after.id(), after.revision(), change.event(), by));
    }

    void record(RecordedEvent event) {
        state().events.add(event);
    }

    @Override
    public void noteUses(Collection<NotedUse> uses) {
        state();
        for (NotedUse noted : uses) {
            find(noted.company(), noted.key())
                    .filter(key -> isLater(noted.use(), key))
                    .ifPresent(key -> state().rows.put(key.id(), key.withLastUse(Optional.of(noted.use()))));
        }
    }

    boolean isLater(KeyUse use, ApiKey key) {
        return key.lastUse().filter(last -> !last.at().isBefore(use.at())).isEmpty();
    }

    @Override
    public void remember(CompanyId company, IdempotencyToken token, RecordedCreate create, Instant forgottenBefore) {
        Optional<RecordedCreate> earlier = findCreate(company, token);
        if (earlier.filter(known -> !known.at().isBefore(forgottenBefore)).isPresent()) {
            throw conflict("remembered");
        }
        state().creates.put(new Sender(company, token), create);
    }
}
