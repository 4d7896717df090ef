package dev.keywright.http;

import dev.keywright.application.Caller;
import dev.keywright.domain.IpAddress;
import io.javalin.http.Context;
import io.javalin.http.RequestLogger;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line per request: what was asked for by its route, never its path, query, headers or body, nor a
 * method that nobody knows, and what came of it. What services and proxies ask by the thousand, and were answered, is for who
 * wants to see all.
 */
final class RequestLog implements RequestLogger {
    private static final Logger LOG = LoggerFactory.getLogger("dev.keywright.http.requests");
    private static final String UNMATCHED = "unmatched";
    private static final String UNKNOWN = "-";
    private static final Set<String> ROUTINE = Set.of(VerifyEndpoint.PATH, ProxyEndpoint.PATH, ProxyEndpoint.BELOW);
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE");

    @Override
    public void handle(Context ctx, Float millis) {
        String route = Exchange.route(ctx).map(Routes.Route::template).orElse(UNMATCHED);
        boolean routine = ctx.statusCode() < 300 && ROUTINE.contains(route);
        if (routine && LOG.isDebugEnabled()) {
            LOG.debug(line(ctx, route, millis));
        } else if (!routine && LOG.isInfoEnabled()) {
            LOG.info(line(ctx, route, millis));
        }
    }

    private static String line(Context ctx, String route, float millis) {
        return line(
                ctx.req().getMethod(),
                route,
                ctx.statusCode(),
                inTenths(millis),
                Exchange.id(ctx),
                Exchange.knownCaller(ctx).map(Caller::actor).map(Object::toString),
                Exchange.client(ctx).or(() -> ClientAddress.peer(ctx)).map(IpAddress::toString));
    }

    private static String inTenths(float millis) {
        long tenths = Math.round(millis * 10.0);
        return tenths / 10 + "." + tenths % 10;
    }

    /** The line of a request that the container refused, before anybody could look at it. */
    static void refusedByContainer(String method, int status, String requestId) {
        LOG.info(line(method, UNMATCHED, status, UNKNOWN, requestId, Optional.empty(), Optional.empty()));
    }

    static String line(
            String method,
            String route,
            int status,
            String millis,
            String requestId,
            Optional<String> actor,
            Optional<String> client) {
        return "method=" + (METHODS.contains(method) ? method : UNKNOWN) + " route=" + LogText.field(route) + " status="
                + status + " ms="
                + millis + " request=" + LogText.field(requestId) + " actor="
                + LogText.field(actor.orElse(UNKNOWN)) + " client=" + LogText.field(client.orElse(UNKNOWN));
    }
}
