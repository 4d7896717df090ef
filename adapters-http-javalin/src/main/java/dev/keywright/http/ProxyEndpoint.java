package dev.keywright.http;

import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tells a proxy whether to let a request through that it holds, and whose it is, from the credential and the client's address
 * that the proxy passed on. {@code /auth} is what nginx and Traefik ask for; all below it is what Envoy does, which puts
 * the path of the request it holds after a prefix, and takes nothing but 200 for a yes.
 */
final class ProxyEndpoint {
    static final String PATH = "/auth";
    static final String BELOW = "/auth/";

    private static final String SCOPES_PARAMETER = "scopes";
    private static final String SCOPES_HEADER = "X-Required-Scopes";
    private static final String ENVOY_REMOVES = "X-Envoy-Auth-Headers-To-Remove";
    private static final String COMPANY = "X-Company-Id";
    private static final String USER = "X-User-Id";
    private static final String KEY = "X-Key-Id";
    private static final String VERSION = "X-Api-Version";

    private ProxyEndpoint() {}

    /** Whether a path, as it was sent, is one of those that proxies ask for. */
    static boolean isAskedAt(String path) {
        return path.startsWith(PATH) && (path.length() == PATH.length() || path.charAt(PATH.length()) == '/');
    }

    static void addTo(Routes routes) {
        routes.get(PATH, ProxyEndpoint::answer).get(BELOW, ProxyEndpoint::answerEnvoy);
    }

    /** The scopes are in the query, which is the proxy's own. */
    private static void answer(Context ctx) {
        Faults faults = new Faults();
        QueryString query = QueryString.read(ctx.queryString(), List.of(SCOPES_PARAMETER), faults);
        Scopes required = query.value(SCOPES_PARAMETER)
                .map(value -> scopes(List.of(value), detail -> faults.add(Fault.parameter(SCOPES_PARAMETER, detail))))
                .orElse(Scopes.none());
        faults.throwIfAny(List.of());
        letThrough(ctx, required);
        Routes.noContent(ctx);
    }

    /** The scopes are in a header: path and query are those of the request that is held. */
    private static void answerEnvoy(Context ctx) {
        Faults faults = new Faults();
        Scopes required =
                scopes(Headers.all(ctx, SCOPES_HEADER), detail -> faults.add(Fault.header(SCOPES_HEADER, detail)));
        faults.throwIfAny(List.of());
        Identity identity = letThrough(ctx, required);
        removeWhatIsNotTold(ctx, identity);
        ctx.status(200);
        ctx.res().setContentType(null);
    }

    private static Scopes scopes(List<String> lists, Consumer<String> fault) {
        try {
            return Scopes.of(lists.stream()
                    .flatMap(list -> Stream.of(list.split(",", -1)))
                    .map(Scope::new)
                    .toList());
        } catch (InvalidValueException e) {
            fault.accept(e.getMessage());
            return Scopes.none();
        }
    }

    private static Identity letThrough(Context ctx, Scopes required) {
        Identity identity = Exchange.identity(ctx);
        Scopes missing = required.without(identity.scopes());
        if (!missing.isEmpty()) {
            throw Problem.of(ProblemType.FORBIDDEN, "This needs scopes that the credential does not have: " + missing)
                    .asException();
        }
        ctx.header(COMPANY, HeaderText.encoded(identity.company().value()));
        ctx.header(USER, HeaderText.encoded(identity.user().value()));
        identity.keyId().ifPresent(key -> ctx.header(KEY, key.toString()));
        identity.apiVersion().ifPresent(version -> ctx.header(VERSION, version.toString()));
        return identity;
    }

    /** nginx and Traefik take off what their configuration lists; Envoy lets pass what its answer does not overwrite. */
    private static void removeWhatIsNotTold(Context ctx, Identity identity) {
        List<String> removed = new ArrayList<>();
        if (identity.keyId().isEmpty()) {
            removed.add(KEY);
        }
        if (identity.apiVersion().isEmpty()) {
            removed.add(VERSION);
        }
        if (!removed.isEmpty()) {
            ctx.header(ENVOY_REMOVES, String.join(",", removed));
        }
    }
}
