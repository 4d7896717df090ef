package dev.keywright.http;

import java.util.Locale;

/** Every kind of error answer: its stable name for programs, its status and its title. */
enum ProblemType {
    VALIDATION(400, "The request has invalid values"),
    MALFORMED_REQUEST(400, "The request cannot be understood"),
    UNAUTHORIZED(401, "Credentials are needed"),
    FORBIDDEN(403, "Not allowed"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    KEY_DELETED(409, "The key is deleted"),
    DOWNGRADE_WINDOW_CLOSED(409, "The downgrade window is closed"),
    VERSION_NEVER_PINNED(409, "The key was never pinned to this version"),
    IDEMPOTENCY_KEY_REUSED(409, "The idempotency key was used before"),
    PRECONDITION_FAILED(412, "The key has changed"),
    CONTENT_TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has an unsupported type"),
    TOO_MANY_REQUESTS(429, "Too many failed attempts"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    INTERNAL(500, "Something went wrong"),
    UNAVAILABLE(503, "Temporarily unavailable");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** The stable name, a relative URI. */
    String uri() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
