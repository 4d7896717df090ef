package dev.keywright.http;

import dev.keywright.application.Caller;
import dev.keywright.domain.IpAddress;
import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a request beside what it says: its id, its client's address, its sender. One thread at a time. */
final class Exchange {
    private static final String ATTRIBUTE = "keywright.exchange";

    private final String id;
    private Optional<IpAddress> client = Optional.empty();

    @Nullable
    private Identity identity;

    private Exchange(String id) {
        this.id = id;
    }

    /** Gives the request its id. */
    static Exchange begin(Context ctx, String id) {
        Exchange exchange = new Exchange(id);
        ctx.attribute(ATTRIBUTE, exchange);
        return exchange;
    }

    private static Optional<Exchange> of(Context ctx) {
        return Optional.ofNullable(ctx.attribute(ATTRIBUTE));
    }

    static void remember(Context ctx, Optional<IpAddress> client) {
        begun(ctx).client = client;
    }

    static void remember(Context ctx, Identity identity) {
        begun(ctx).identity = identity;
    }

    private static Exchange begun(Context ctx) {
        return of(ctx).orElseThrow(() -> new IllegalStateException("a request came past the gate"));
    }

    /** The id of the request; a dash before it has one. */
    static String id(Context ctx) {
        return of(ctx).map(exchange -> exchange.id).orElse("-");
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
