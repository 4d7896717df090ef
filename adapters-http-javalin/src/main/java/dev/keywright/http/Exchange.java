package dev.keywright.http;

import dev.keywright.application.Caller;
import dev.keywright.domain.IpAddress;
import io.javalin.http.Context;
import java.util.Optional;

/** What is known of a request beside what it says: its id, its client's address, its sender. */
final class Exchange {
    private static final String REQUEST_ID = "keywright.request-id";
    private static final String CLIENT = "keywright.client";
    private static final String IDENTITY = "keywright.identity";

    private Exchange() {}

    static void rememberId(Context ctx, String requestId) {
        ctx.attribute(REQUEST_ID, requestId);
    }

    static void remember(Context ctx, Optional<IpAddress> client) {
        client.ifPresent(address -> ctx.attribute(CLIENT, address));
    }

    static void remember(Context ctx, Identity identity) {
        ctx.attribute(IDENTITY, identity);
    }

    /** The id of the request; a dash before it has one. */
    static String id(Context ctx) {
        String id = ctx.attribute(REQUEST_ID);
        return id == null ? "-" : id;
    }

    static Optional<IpAddress> client(Context ctx) {
        return Optional.ofNullable(ctx.attribute(CLIENT));
    }

    static Optional<Caller> knownCaller(Context ctx) {
        Identity identity = ctx.attribute(IDENTITY);
        return Optional.ofNullable(identity).map(Identity::caller);
    }

    /** The caller; there is one behind the authentication. */
    static Caller caller(Context ctx) {
        return identity(ctx).caller();
    }

    /** Who sent the request; somebody did behind the authentication. */
    static Identity identity(Context ctx) {
        Identity identity = ctx.attribute(IDENTITY);
        if (identity == null) {
            throw new IllegalStateException("a request came past the authentication");
        }
        return identity;
    }
}
