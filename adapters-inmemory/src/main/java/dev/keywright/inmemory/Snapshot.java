package dev.keywright.inmemory;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Contents, lent to one unit of work until it ends. */
class Snapshot implements KeyReader {

    private Contents contents;
    private volatile boolean over;

    Snapshot(Contents contents) {
        this.contents = contents;
    }

    final Contents contents() {
        if (over) {
            throw new IllegalStateException("this unit of work is over");
        }
        return contents;
    }

    final void become(Contents changed) {
        contents = changed;
    }

    final void end() {
        over = true;
    }

    @Override
    public final Optional<ApiKey> find(CompanyId company, ApiKeyId id) {
        return contents().find(company, id);
    }

    @Override
    public final List<ApiKey> older(CompanyId company, KeyStatus status, ApiKeyId before, long skip, int limit) {
        SortedTree<ApiKeyId, ApiKey> keys = contents().company(company).keys(status);
        int to = (int) Math.max(0, keys.below(before) - skip);
        List<ApiKey> page = keys.slice(Math.max(0, to - limit), to);
        Collections.reverse(page);
        return page;
    }

    @Override
    public final List<ApiKey> newer(CompanyId company, KeyStatus status, ApiKeyId after, int limit) {
        if (after.equals(ApiKeyId.NEWEST)) {
            contents();
            return List.of();
        }
        SortedTree<ApiKeyId, ApiKey> keys = contents().company(company).keys(status);
        int from = keys.below(after.next());
        return keys.slice(from, from + Math.min(limit, keys.size() - from));
    }

    @Override
    public final long count(CompanyId company, KeyStatus status) {
        return contents().company(company).keys(status).size();
    }

    @Override
    public final Optional<ApiKeyId> newest(CompanyId company) {
        return contents().company(company).newest();
    }

    @Override
    public final List<RecordedEvent> events(CompanyId company, ApiKeyId id) {
        return contents().events(company, id);
    }

    @Override
    public final Optional<RecordedCreate> findCreate(CompanyId company, IdempotencyToken token) {
        return contents().company(company).creates().get(token);
    }

    @Override
    public final boolean isEmpty() {
        return contents().rows().size() == 0;
    }
}
