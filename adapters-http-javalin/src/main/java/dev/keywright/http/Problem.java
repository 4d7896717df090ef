package dev.keywright.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An error answer (RFC 9457) before it is written.
 *
 * @param type what went wrong, for programs
 * @param detail what went wrong this time, for people; nothing secret
 * @param faults every fault of the request; none but for {@link ProblemType#VALIDATION}
 * @param headers what the answer carries besides
 */
record Problem(ProblemType type, String detail, List<Fault> faults, Map<String, String> headers) {
    static final String MEDIA_TYPE = "application/problem+json";
    private static final int RETRY_SECONDS = 5;
    private static final int MOST_FAULTS = 200;

    Problem {
        faults = List.copyOf(faults);
        headers = Map.copyOf(headers);
    }

    static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, List.of(), Map.of());
    }

    /** The request could not be read at all. */
    static Problem malformed(String detail) {
        return of(ProblemType.MALFORMED_REQUEST, detail);
    }

    /** The request was read and has these faults; a very long list is cut off, with the true number in the detail. */
    static Problem validation(List<Fault> faults) {
        String detail = switch (faults.size()) {
            case 1 -> faults.get(0).sentence();
            default ->
                "The request has " + faults.size() + " faults"
                        + (faults.size() > MOST_FAULTS ? "; the first " + MOST_FAULTS + " are listed" : "");
        };
        List<Fault> listed = faults.subList(0, Math.min(faults.size(), MOST_FAULTS));
        return new Problem(ProblemType.VALIDATION, detail, listed, Map.of());
    }

    /** The one answer to everybody who has not shown good credentials. */
    static Problem unauthorized() {
        return new Problem(
                ProblemType.UNAUTHORIZED,
                "Send a good key or token as X-API-Key or as Authorization: Bearer",
                List.of(),
                Map.of("WWW-Authenticate", "Bearer realm=\"keywright\""));
    }

    /**
     * The same for a proxy that asks on behalf of a client. Proxies make a fault of their own of everything but 401 and 403, so
     * what the client can be blamed for is one of these; it has shown no good credential.
     */
    Problem forProxies() {
        return switch (type) {
            case MALFORMED_REQUEST, TOO_MANY_REQUESTS, URI_TOO_LONG, HEADERS_TOO_LARGE -> {
                Map<String, String> more = new HashMap<>(headers);
                more.putAll(unauthorized().headers());
                yield new Problem(ProblemType.UNAUTHORIZED, detail, List.of(), more);
            }
            default -> this;
        };
    }

    static Problem notFound(String detail) {
        return of(ProblemType.NOT_FOUND, detail);
    }

    static Problem methodNotAllowed(String allow) {
        return new Problem(ProblemType.METHOD_NOT_ALLOWED, "Allowed here: " + allow, List.of(), Map.of("Allow", allow));
    }

    static Problem tooManyRequests(long retrySeconds) {
        return new Problem(
                ProblemType.TOO_MANY_REQUESTS,
                "Too many requests with bad credentials came from this address; wait before the next one",
                List.of(),
                Map.of("Retry-After", Long.toString(retrySeconds)));
    }

    static Problem unavailable(String detail) {
        return new Problem(
                ProblemType.UNAVAILABLE, detail, List.of(), Map.of("Retry-After", Integer.toString(RETRY_SECONDS)));
    }

    /** A fault of ours; what it was is in the log, under the request's id. */
    static Problem internal() {
        return of(
                ProblemType.INTERNAL, "The request failed through a fault of the service; its log has the request id");
    }

    ProblemException asException() {
        return new ProblemException(this);
    }
}
