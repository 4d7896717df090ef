package dev.keywright.http;

import io.javalin.http.Context;
import java.util.Set;

/**
 * What may be read without credentials. Paths count to the letter, as they were sent: another spelling of one is not public.
 *
 * @param paths whole paths, from the slash on
 */
record PublicPaths(Set<String> paths) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    PublicPaths {
        paths = Set.copyOf(paths);
    }

    boolean covers(Context ctx) {
        return METHODS.contains(ctx.req().getMethod()) && paths.contains(ctx.path());
    }
}
