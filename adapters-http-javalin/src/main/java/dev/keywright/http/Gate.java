package dev.keywright.http;

import io.javalin.http.Context;
import java.util.List;

/** What happens to every request before anything else: it gets its name and its route. */
final class Gate {
    /** Javalin itself obeys the first of these: a GET would become a DELETE. */
    static final List<String> METHOD_OVERRIDES =
            List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

    private final RequestIds ids;
    private final Routes routes;

    Gate(RequestIds ids, Routes routes) {
        this.ids = ids;
        this.routes = routes;
    }

    Exchange handle(Context ctx) {
        String requestId = ids.of(Headers.all(ctx, RequestIds.HEADER));
        Exchange exchange = Exchange.begin(ctx, requestId, routes.find(ctx.path()));
        ctx.header(RequestIds.HEADER, requestId);
        for (String header : METHOD_OVERRIDES) {
            if (Headers.has(ctx, header)) {
                throw Problem.malformed("The header " + header + " is not obeyed; send the method itself")
                        .asException();
            }
        }
        requireKnownFraming(ctx);
        return exchange;
    }

    /**
     * The container reads through any other transfer coding as if it were not there, and obeys chunked in HTTP/1.0, which has
     * none (RFC 9112 section 6.1). What follows on the connection is not believed either: who speaks such codings may see
     * the end of the body elsewhere.
     */
    private static void requireKnownFraming(Context ctx) {
        List<String> codings = Headers.all(ctx, "Transfer-Encoding");
        if (!codings.isEmpty() && ctx.req().getProtocol().equals("HTTP/1.0")) {
            ctx.header("Connection", "close");
            throw Problem.malformed("HTTP/1.0 has no transfer codings").asException();
        }
        if (codings.size() > 1
                || codings.stream().anyMatch(coding -> !coding.strip().equalsIgnoreCase("chunked"))) {
            ctx.header("Connection", "close");
            throw Problem.malformed("The only transfer coding that is understood is chunked")
                    .asException();
        }
    }
}
