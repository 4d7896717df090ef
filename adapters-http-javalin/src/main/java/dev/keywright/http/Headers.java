package dev.keywright.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All values of a request header; Javalin tells only the first. */
final class Headers {
    private Headers() {}

    static boolean has(Context ctx, String name) {
        return ctx.req().getHeader(name) != null;
    }

    /** The value of a header that may stand once. */
    static Optional<String> only(Context ctx, String name, Supplier<? extends RuntimeException> repeated) {
        String first = ctx.req().getHeader(name);
        if (first == null) {
            return Optional.empty();
        }
        Enumeration<String> values = ctx.req().getHeaders(name);
        values.nextElement();
        if (values.hasMoreElements()) {
            throw repeated.get();
        }
        return Optional.of(first);
    }

    static List<String> all(Context ctx, String name) {
        return has(ctx, name) ? Collections.list(ctx.req().getHeaders(name)) : List.of();
    }
}
