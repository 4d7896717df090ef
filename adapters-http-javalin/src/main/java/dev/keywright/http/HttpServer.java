package dev.keywright.http;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyVerification;
import dev.keywright.domain.ReleasedVersions;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the use cases over HTTP, with authentication, its OpenAPI document and the page to read it on.
 *
 * <p>It begins to listen at {@link #start()} and ends with {@link #close()}, which answers the requests in flight first.
 * Started once; thread-safe.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final RequestIds ids;
    private final Gate gate;
    private final Routes routes;
    private final Authentication authentication;
    private final Javalin javalin;

    /**
     * A server that does not listen yet.
     *
     * @param released the versions that a key may be pinned to
     * @param ready whether requests can be served now; asked by {@code /health/ready}
     * @param validator checks request bodies; its messages are answered to callers, so give it one language
     * @param clock for the times in tokens and for the throttle
     */
    public HttpServer(
            HttpSettings settings,
            KeyAdministration administration,
            KeyVerification verification,
            ReleasedVersions released,
            BooleanSupplier ready,
            Validator validator,
            InstantSource clock) {
        Bodies bodies = new Bodies(new RequestBody(settings.maxBodyBytes()), validator);
        this.ids = new RequestIds(clock);
        this.routes = routes(
                new KeysEndpoints(administration, released, bodies, new Links(settings.publicUrl())),
                new VerifyEndpoint(verification, bodies),
                new Health(ready));
        this.gate = new Gate(ids, routes);
        this.authentication = new Authentication(
                publicPaths(),
                new ClientAddress(settings.trustedProxies()),
                verification,
                tokens(settings.oauth2(), clock),
                new AuthThrottle(settings.authFailuresPerMinute(), clock));
        this.javalin = Javalin.create(config -> configure(config, settings));
    }

    private static Routes routes(KeysEndpoints keys, VerifyEndpoint verify, Health health) {
        Routes routes = new Routes();
        ProxyEndpoint.addTo(routes);
        routes.post(VerifyEndpoint.PATH, verify)
                .get("/keys", keys::list)
                .post("/keys", keys::create)
                .get("/keys/{keyId}", keys::get)
                .put("/keys/{keyId}", keys::update)
                .delete("/keys/{keyId}", keys::delete)
                .post("/keys/{keyId}/deactivate", keys::deactivate)
                .post("/keys/{keyId}/activate", keys::activate);
        health.addTo(routes);
        new Docs().addTo(routes);
        return routes;
    }

    private static PublicPaths publicPaths() {
        Set<String> paths = new HashSet<>(Health.PATHS);
        paths.addAll(Docs.paths());
        return new PublicPaths(paths);
    }

    private static Optional<JwtAuthentication> tokens(Optional<OAuth2Settings> oauth2, InstantSource clock) {
        return oauth2.map(
                issuer -> new JwtAuthentication(issuer, new IssuerKeys(new IssuerClient(issuer), clock), clock));
    }

    private void configure(JavalinConfig config, HttpSettings settings) {
        new JettySetup(settings, new ContainerErrors(ids)).apply(config);
        config.requestLogger.http(new RequestLog());
        config.routes.before(this::letIn);
        routes.addTo(config.routes);
        config.routes.exception(Exception.class, HttpServer::answerProblem);
        config.routes.exception(HttpResponseException.class, HttpServer::answerProblem);
        config.router.javaLangErrorHandler(HttpServer::answerError);
    }

    /** What stands before every handler, in this order. */
    private void letIn(Context ctx) {
        Exchange exchange = gate.handle(ctx);
        authentication.handle(ctx, exchange);
        exchange.route().ifPresent(route -> route.requireMethod(ctx.req().getMethod()));
    }

    private static void answerProblem(Exception thrown, Context ctx) {
        Problem problem = Problems.of(thrown, Exchange.id(ctx));
        Answers.problem(ctx, ProxyEndpoint.isAskedAt(ctx.path()) ? problem.forProxies() : problem);
    }

    /** The last resort, for what is not even an exception. */
    private static void answerError(HttpServletResponse response, Error error) {
        String known = response.getHeader(RequestIds.HEADER);
        String requestId = known == null ? "-" : known;
        Problem problem = Problems.of(error, requestId);
        response.setStatus(problem.type().status());
        response.setContentType(Problem.MEDIA_TYPE);
        try {
            response.getOutputStream().write(Answers.bytes(ProblemAnswer.of(problem, requestId)));
        } catch (IOException e) {
            throw new UncheckedIOException("the client is gone", e);
        }
    }

    /** Begins to listen. */
    public void start() {
        javalin.start();
    }

    /** The port it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Every method of every path that it answers to. */
    List<String> operations() {
        return routes.operations();
    }

    /** Stops to listen, waits up to five seconds until the requests in flight are answered, and ends. */
    @Override
    public void close() {
        try {
            javalin.stop();
        } catch (JavalinException late) {
            LOG.warn("Not every connection ended in time; the others are cut off");
        }
    }
}
