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

/**
 * Cuts pages out of the one order that keys have: by id, newest first.
 *
 * <p>A page is one list and one total, wherever it is. Whether a key is on the side that the page was asked from, is read off both: the
 * list begins with the position itself, where a key most often is, and of a list that reaches the end the total says
 * whether all others are behind. Only where neither tells, because the key at the position is gone, one more is looked for.
 */
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
        Found found = found(keys.newer(company, status, position.previous(), limit + 2), position, ApiKeyId.OLDEST);
        long total = total();
        List<ApiKey> page = new ArrayList<>(found.page());
        Collections.reverse(page);
        boolean older = found.isKeyBehind(total)
                .orElseGet(() -> !keys.older(company, status, position, 0, 1).isEmpty());
        return new KeyPage(
                page,
                total,
                found.more() ? Optional.of(new Start.Before(first(page))) : Optional.empty(),
                older ? Optional.of(new Start.After(page.isEmpty() ? position.next() : last(page))) : Optional.empty());
    }

    private KeyPage after(ApiKeyId position) {
        Found found = found(keys.older(company, status, position.next(), 0, limit + 2), position, ApiKeyId.NEWEST);
        long total = total();
        List<ApiKey> page = found.page();
        boolean newer = found.isKeyBehind(total)
                .orElseGet(() -> !keys.newer(company, status, position, 1).isEmpty());
        return new KeyPage(
                page,
                total,
                newer
                        ? Optional.of(new Start.Before(page.isEmpty() ? position.previous() : first(page)))
                        : Optional.empty(),
                found.more() ? Optional.of(new Start.After(last(page))) : Optional.empty());
    }

    /** What was skipped is newer, and there is as much of it as was to be skipped, or all that there is. */
    private KeyPage from(long offset) {
        List<ApiKey> found = keys.older(company, status, ApiKeyId.NEWEST, offset, limit + 1);
        long total = total();
        List<ApiKey> page = upToLimit(found);
        boolean newer = offset > 0 && total > 0;
        return new KeyPage(
                page,
                total,
                newer
                        ? Optional.of(new Start.Before(page.isEmpty() ? ApiKeyId.OLDEST : first(page)))
                        : Optional.empty(),
                found.size() > limit ? Optional.of(new Start.After(last(page))) : Optional.empty());
    }

    /**
     * What a list found.
     *
     * @param atPosition whether a key that matches is at the position itself
     * @param page the keys beyond the position, nearest first
     * @param more whether there are more of them
     * @param atEnd whether no key can be behind the position
     */
    private record Found(boolean atPosition, List<ApiKey> page, boolean more, boolean atEnd) {

        /** Whether there is a key at the position or behind it, seen from the page; empty if that is not known. */
        Optional<Boolean> isKeyBehind(long total) {
            if (atPosition || atEnd) {
                return Optional.of(atPosition);
            }
            return more ? Optional.empty() : Optional.of(total > page.size());
        }
    }

    private Found found(List<ApiKey> fromPosition, ApiKeyId position, ApiKeyId end) {
        boolean atPosition = !fromPosition.isEmpty() && fromPosition.get(0).id().equals(position);
        List<ApiKey> beyond = atPosition ? fromPosition.subList(1, fromPosition.size()) : fromPosition;
        return new Found(atPosition, upToLimit(beyond), beyond.size() > limit, position.equals(end));
    }

    private List<ApiKey> upToLimit(List<ApiKey> found) {
        return found.subList(0, Math.min(limit, found.size()));
    }

    private long total() {
        return keys.count(company, status);
    }

    private static ApiKeyId first(List<ApiKey> page) {
        return page.get(0).id();
    }

    private static ApiKeyId last(List<ApiKey> page) {
        return page.get(page.size() - 1).id();
    }
}
