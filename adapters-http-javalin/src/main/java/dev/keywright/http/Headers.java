package dev.keywright.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;

/** All values of a request header; Javalin tells only the first. */
final class Headers {
    private Headers() {}

    static boolean has(Context ctx, String name) {
        return ctx.req().getHeader(name) != null;
    }

    static List<String> all(Context ctx, String name) {
        return has(ctx, name) ? Collections.list(ctx.req().getHeaders(name)) : List.of();
    }
}
