package dev.keywright.http;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.KeyUses;
import dev.keywright.application.KeyVerification;
import dev.keywright.domain.ReleasedVersions;
import dev.keywright.inmemory.InMemoryKeyStore;
import dev.keywright.testkit.SettableTime;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The product behind a real socket, on a store in memory and with a clock that the test moves. Tests keep apart by each having
 * companies of their own, so that most of them can share one server.
 */
final class LiveServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

    static final Instant START = Instant.parse("2026-03-10T12:00:00.123456789Z");

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Validator VALIDATOR = validator();
    private static final AtomicInteger COMPANIES = new AtomicInteger();
    private static final LiveServer SHARED = plain();

    final SettableTime time = SettableTime.at(START);
    final FailingStore store;
    final KeyAdministration administration;
    /** What was noted of uses is written when a test says so. */
    final KeyUses uses;

    private final HttpServer server;

    private LiveServer(FailingStore store, KeyPolicy policy, HttpSettings settings) {
        this.store = store;
        administration = new KeyAdministration(store, time, new SecureRandom(), policy);
        uses = KeyUses.notedIn(store, time, Duration.ofMinutes(1), 1_000);
        KeyVerification verification = new KeyVerification(store, time, policy.digester(), uses);
        server = new HttpServer(
                settings, administration, verification, policy.released(), store::isReachable, VALIDATOR, time);
    }

    /** The server of all tests that need nothing special; closed after the last of them. */
    static LiveServer shared() {
        return SHARED;
    }

    /** A server with default settings but without the throttle, which would meet the many bad requests of tests. */
    static LiveServer plain() {
        return with(settings -> settings);
    }

    static LiveServer with(UnaryOperator<HttpSettings> settings) {
        return with(KeyPolicy.defaults(), settings);
    }

    static LiveServer with(KeyPolicy policy, UnaryOperator<HttpSettings> settings) {
        return new LiveServer(new FailingStore(new InMemoryKeyStore()), policy, settings.apply(quiet()));
    }

    /** A server with default settings over another server's store. */
    static LiveServer onStoreOf(LiveServer other) {
        return new LiveServer(other.store, KeyPolicy.defaults(), quiet());
    }

    private static HttpSettings quiet() {
        return HttpSettings.defaults().withPort(0).withAuthFailuresPerMinute(0);
    }

    static LiveServer withReleased(ReleasedVersions released) {
        return with(KeyPolicy.defaults().withReleased(released), settings -> settings);
    }

    private static Validator validator() {
        ParameterMessageInterpolator english = new ParameterMessageInterpolator(
                Set.of(Locale.ENGLISH), Locale.ENGLISH, context -> Locale.ENGLISH, true);
        return Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(english)
                .buildValidatorFactory()
                .getValidator();
    }

    LiveServer start() {
        server.start();
        return this;
    }

    HttpServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** A company that nobody else uses. */
    Tenant tenant() {
        return new Tenant(this, "company-" + COMPANIES.incrementAndGet());
    }

    /** An instant as the product writes it. */
    static String text(Instant instant) {
        return MILLIS.format(instant);
    }

    /** A client without credentials. */
    ApiClient anonymous() {
        return new ApiClient(url(), List.of());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (this == SHARED) {
            context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(LiveServer.class, any -> start());
        } else {
            start();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (this != SHARED) {
            close();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
