package dev.keywright.http;

import dev.keywright.application.Caller;
import dev.keywright.domain.IpAddress;
import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a request beside what it says: its id, its route, its client's address, its sender. One thread at a time. */
final class Exchange {
    private static final String ATTRIBUTE = "keywright.exchange";

    private final String id;
    private final Optional<Routes.Route> route;
    private Optional<IpAddress> client = Optional.empty();

    @Nullable
    private Identity identity;

    private Exchange(String id, Optional<Routes.Route> route) {
        this.id = id;
        this.route = route;
    }

    /** Gives the request its id; {@code route} is empty for a path that nobody answers to. */
    static Exchange begin(Context ctx, String id, Optional<Routes.Route> route) {
        Exchange exchange = new Exchange(id, route);
        ctx.attribute(ATTRIBUTE, exchange);
        return exchange;
    }

    /** The exchange of a request; empty before it has an id. */
    private static Optional<Exchange> of(Context ctx) {
        return Optional.ofNullable(ctx.attribute(ATTRIBUTE));
    }

    void remember(Optional<IpAddress> address) {
        client = address;
    }

    void remember(Identity sender) {
        identity = sender;
    }

    Optional<Routes.Route> route() {
        return route;
    }

    private static Exchange begun(Context ctx) {
        return of(ctx).orElseThrow(() -> new IllegalStateException("a request came past the gate"));
    }

    /** The id of the request; a dash before it has one. */
    static String id(Context ctx) {
        return of(ctx).map(exchange -> exchange.id).orElse("-");
    }

    static Optional<Routes.Route> route(Context ctx) {
        return of(ctx).flatMap(Exchange::route);
    }

    static Optional<IpAddress> client(Context ctx) {
        return of(ctx).flatMap(exchange -> exchange.client);
    }

    static Optional<Caller> knownCaller(Context ctx) {
        return of(ctx).map(exchange -> exchange.identity).map(Identity::caller);
    }

    /** The caller; there is one behind the authentication. */
    static Caller caller(Context ctx) {
        return identity(ctx).caller();
    }

    /** Who sent the request; somebody did behind the authentication. */
    static Identity identity(Context ctx) {
        Identity identity = begun(ctx).identity;
        if (identity == null) {
            throw new IllegalStateException("a request came past the authentication");
        }
        return identity;
    }
}
