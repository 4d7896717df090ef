package dev.keywright.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as it goes out.
 *
 * @param target path and query
 */
record ApiRequest(String method, String target, List<HeaderLine> headers, Optional<byte[]> body) {

    static ApiRequest of(String method, String target) {
        return new ApiRequest(method, target, List.of(), Optional.empty());
    }

    static ApiRequest json(String method, String target, String body) {
        return of(method, target)
                .with("Content-Type", "application/json")
                .withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    ApiRequest with(String name, String value) {
        List<HeaderLine> more = new ArrayList<>(headers);
        more.add(new HeaderLine(name, value));
        return new ApiRequest(method, target, List.copyOf(more), body);
    }

    ApiRequest withBody(byte[] bytes) {
        return new ApiRequest(method, target, headers, Optional.of(bytes));
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    Optional<String> query() {
        int query = target.indexOf('?');
        return query < 0 ? Optional.empty() : Optional.of(target.substring(query + 1));
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HeaderLine::value)
                .findFirst();
    }
}
