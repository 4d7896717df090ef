package dev.keywright.application;

import dev.keywright.application.PageRequest.Start;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Cuts pages out of the one order that keys have: by id, newest first. */
final class PageReader {

    private final KeyReader keys;
    private final CompanyId company;
    private final KeyStatus status;
    private final int limit;

    private PageReader(KeyReader keys, CompanyId company, PageRequest request) {
        this.keys = keys;
        this.company = company;
        this.status = request.status();
        this.limit = request.limit();
    }

    static KeyPage read(KeyReader keys, CompanyId company, PageRequest request) {
        PageReader pages = new PageReader(keys, company, request);
        if (request.start() instanceof Start.Before before) {
            return pages.before(before.position());
        }
        if (request.start() instanceof Start.After after) {
            return pages.after(after.position());
        }
        return pages.from(((Start.Offset) request.start()).count());
    }

    private KeyPage before(ApiKeyId position) {
        List<ApiKey> nearestFirst = keys.newer(company, status, position, limit + 1);
        List<ApiKey> page = new ArrayList<>(nearestFirst.subList(0, Math.min(limit, nearestFirst.size())));
        Collections.reverse(page);
        if (page.isEmpty()) {
            return page(page, Optional.empty(), olderThan(position.next()));
        }
        boolean more = nearestFirst.size() > limit;
        return page(page, more ? newerLink(page) : Optional.empty(), olderThan(last(page)));
    }

    private KeyPage after(ApiKeyId position) {
        List<ApiKey> found = keys.older(company, status, position, 0, limit + 1);
        return found.isEmpty()
                ? page(found, newerThan(position.previous()), Optional.empty())
                : page(found, newerThan(found.get(0).id()));
    }

    private KeyPage from(long offset) {
        List<ApiKey> found = keys.older(company, status, ApiKeyId.NEWEST, offset, limit + 1);
        if (found.isEmpty()) {
            return page(found, offset == 0 ? Optional.empty() : newerThan(ApiKeyId.OLDEST), Optional.empty());
        }
        return page(
                found, offset == 0 ? Optional.empty() : newerThan(found.get(0).id()));
    }

    /** The page of keys found going back in time, one more than fits if there is more. */
    private KeyPage page(List<ApiKey> found, Optional<Start> previous) {
        List<ApiKey> page = found.subList(0, Math.min(limit, found.size()));
        boolean more = found.size() > limit;
        return page(page, previous, more ? Optional.of(new Start.After(last(page))) : Optional.empty());
    }

    private KeyPage page(List<ApiKey> page, Optional<Start> previous, Optional<Start> next) {
        return new KeyPage(page, keys.count(company, status), previous, next);
    }

    private static Optional<Start> newerLink(List<ApiKey> page) {
        return Optional.of(new Start.Before(page.get(0).id()));
    }

    private static ApiKeyId last(List<ApiKey> page) {
        return page.get(page.size() - 1).id();
    }

    private Optional<Start> newerThan(ApiKeyId position) {
        return keys.newer(company, status, position, 1).isEmpty()
                ? Optional.empty()
                : Optional.of(new Start.Before(position));
    }

    private Optional<Start> olderThan(ApiKeyId position) {
        return keys.older(company, status, position, 0, 1).isEmpty()
                ? Optional.empty()
                : Optional.of(new Start.After(position));
    }
}
