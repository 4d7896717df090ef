package dev.keywright.http;

import dev.keywright.application.spi.StoreFailure;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import dev.keywright.domain.UnknownSchemeException;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which problem an exception is to the outside. What is the service's own fault is told to the log alone. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /**
     * The problem of an exception.
     *
     * @param requestId under which the log can be searched
     */
    static Problem of(Throwable thrown, String requestId) {
        if (thrown instanceof ProblemException known) {
            return known.problem();
        }
        if (thrown instanceof KeyException refused) {
            return of(refused.error());
        }
        if (thrown instanceof StoreFailure || thrown instanceof UnknownSchemeException) {
            logOutage(thrown, requestId);
            return Problem.unavailable("The store cannot be reached");
        }
        if (thrown instanceof WriteConflict) {
            return Problem.unavailable("Too many changes meet at the same key; try again");
        }
        if (thrown instanceof MethodNotAllowedResponse response) {
            return Problem.methodNotAllowed(
                    String.join(", ", response.getDetails().values()));
        }
        if (thrown instanceof HttpResponseException response) {
            return ofStatus(response.getStatus(), requestId);
        }
        if (thrown instanceof HttpException refused) {
            return ofStatus(refused.getCode(), requestId);
        }
        LOG.error("request={} The request failed", LogText.field(requestId), thrown);
        return Problem.internal();
    }

    /** One line, however many requests meet the outage; the stack only for who asks for it. */
    private static void logOutage(Throwable thrown, String requestId) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        LOG.warn(
                "request={} Nothing could be decided: {}",
                LogText.field(requestId),
                LogText.sentence(thrown.getMessage() + "; " + root));
        LOG.debug("request={}", LogText.field(requestId), thrown);
    }

    /** The problem of a refusal; an added code does not compile before it has one. */
    static Problem of(KeyError error) {
        return switch (error.code()) {
            case NOT_FOUND -> Problem.notFound(error.message());
            case KEY_DELETED -> Problem.of(ProblemType.KEY_DELETED, error.message());
            case DOWNGRADE_WINDOW_CLOSED -> Problem.of(ProblemType.DOWNGRADE_WINDOW_CLOSED, error.message());
            case VERSION_NEVER_PINNED -> Problem.of(ProblemType.VERSION_NEVER_PINNED, error.message());
            case VERSION_NOT_RELEASED -> Problem.validation(List.of(Fault.at("/apiVersion", error.message())));
            case EXPIRY_NOT_IN_FUTURE -> Problem.validation(List.of(Fault.at("/expiresAt", error.message())));
            case PRECONDITION_FAILED -> Problem.of(ProblemType.PRECONDITION_FAILED, error.message());
            case IDEMPOTENCY_KEY_REUSED -> Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED, error.message());
            case SCOPE_MISSING, SCOPE_NOT_HELD -> Problem.of(ProblemType.FORBIDDEN, error.message());
        };
    }

    /** The problem of a status that Javalin or Jetty decided on; their words are not passed on. */
    static Problem ofStatus(int status, String requestId) {
        return switch (status) {
            case 404 -> Problem.notFound("There is no such path");
            case 413 -> Problem.of(ProblemType.CONTENT_TOO_LARGE, "The body is too large");
            case 414 -> Problem.of(ProblemType.URI_TOO_LONG, "The address has more characters than are allowed");
            case 431 -> Problem.of(ProblemType.HEADERS_TOO_LARGE, "The headers have more characters than are allowed");
            case 503 -> Problem.unavailable("The service is stopping or overloaded");
            default -> {
                if (status >= 500 && status != 501 && status != 505) {
                    LOG.error("request={} The container failed with status {}", LogText.field(requestId), status);
                    yield Problem.internal();
                }
                yield Problem.malformed("The request is no well-formed HTTP request of a kind that is understood here");
            }
        };
    }
}
