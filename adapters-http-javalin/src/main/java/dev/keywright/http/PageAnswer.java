package dev.keywright.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keywright.application.KeyPage;
import dev.keywright.application.PageRequest;
import dev.keywright.application.PageRequest.Start;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page of keys as answers show it. */
@JsonPropertyOrder({"status", "total", "count", "nextUrl", "previousUrl", "data"})
record PageAnswer(
        int status,
        long total,
        int count,
        @Nullable String nextUrl,
        @Nullable String previousUrl,
        List<KeyAnswer> data) {
    static PageAnswer of(KeyPage page, PageRequest request, Links links) {
        return new PageAnswer(
                200,
                page.total(),
                page.keys().size(),
                url(page.next(), request, links),
                url(page.previous(), request, links),
                page.keys().stream().map(KeyAnswer::redacted).toList());
    }

    /** Where a neighbour is, with the same filter and limit. Every character of it can stand in a URL as it is. */
    private static @Nullable String url(Optional<Start> start, PageRequest request, Links links) {
        return start.map(place -> links.to("/keys?status="
                        + request.status().name().toLowerCase(Locale.ROOT) + "&limit=" + request.limit() + "&"
                        + parameter(place)))
                .orElse(null);
    }

    private static String parameter(Start start) {
        if (start instanceof Start.After after) {
            return ListQuery.AFTER + "=" + after.position();
        }
        if (start instanceof Start.Before before) {
            return ListQuery.BEFORE + "=" + before.position();
        }
        return "offset=" + ((Start.Offset) start).count();
    }
}
