package dev.keywright.inmemory;

import dev.keywright.application.spi.ChangedKey;
import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.KeyStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store's writer that says which references its unit of work had to do with: those that keys have now, and those that they
 * had before. For these a key that is replaced without having been found is found first.
 */
final class WatchedWriter implements KeyWriter {

    private final KeyWriter keys;
    private final Set<KeyReference> touched;
    private final Set<ChangedKey> changed;
    private final Set<ApiKeyId> met = new HashSet<>();

    /**
     * @param touched takes up the references, and keeps those of a run that failed
     * @param changed takes up what this run of the work changes
     */
    WatchedWriter(KeyWriter keys, Set<KeyReference> touched, Set<ChangedKey> changed) {
        this.keys = keys;
        this.touched = touched;
        this.changed = changed;
        changed.clear();
    }

    private void change(ApiKey after) {
        touch(after);
        changed.add(new ChangedKey(after.credential().reference(), after.revision()));
    }

    private void touch(ApiKey key) {
        met.add(key.id());
        touched.add(key.credential().reference());
    }

    @Override
    public Optional<ApiKeyId> newestKnown(CompanyId company) {
        return keys.newestKnown(company);
    }

    @Override
    public void insert(KeyChange created, Actor by) {
        change(created.after());
        keys.insert(created, by);
    }

    @Override
    public void replace(KeyChange change, Actor by) {
        if (!met.contains(change.after().id())) {
            find(change.after().company(), change.after().id());
        }
        change(change.after());
        keys.replace(change, by);
    }

    @Override
    public Optional<ApiKey> find(CompanyId company, ApiKeyId id) {
        Optional<ApiKey> key = keys.find(company, id);
        key.ifPresent(this::touch);
        return key;
    }

    @Override
    public void remember(CompanyId company, IdempotencyToken token, RecordedCreate create, Instant forgottenBefore) {
        keys.remember(company, token, create, forgottenBefore);
    }

    @Override
    public void noteUses(Collection<NotedUse> uses) {
        keys.noteUses(uses);
    }

    @Override
    public List<ApiKey> older(CompanyId company, KeyStatus status, ApiKeyId before, long skip, int limit) {
        return keys.older(company, status, before, skip, limit);
    }

    @Override
    public List<ApiKey> newer(CompanyId company, KeyStatus status, ApiKeyId after, int limit) {
        return keys.newer(company, status, after, limit);
    }

    @Override
    public long count(CompanyId company, KeyStatus status) {
        return keys.count(company, status);
    }

    @Override
    public Optional<ApiKeyId> newest(CompanyId company) {
        return keys.newest(company);
    }

    @Override
    public List<RecordedEvent> events(CompanyId company, ApiKeyId id) {
        return keys.events(company, id);
    }

    @Override
    public Optional<RecordedCreate> findCreate(CompanyId company, IdempotencyToken token) {
        return keys.findCreate(company, token);
    }

    @Override
    public boolean isEmpty() {
        return keys.isEmpty();
    }
}
