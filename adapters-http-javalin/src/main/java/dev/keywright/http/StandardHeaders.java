package dev.keywright.http;

import java.util.Map;

/** What every answer carries unless its handler says otherwise. */
final class StandardHeaders {
    static final Map<String, String> ALL = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");

    private StandardHeaders() {}
}
