package dev.keywright.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keywright.application.Caller;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.KeyVerification;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.Actor;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import dev.keywright.testkit.SettableTime;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** A server on a free port, with a management key of company acme. */
final class RunningServer implements AutoCloseable {
    static final Scopes ALL = Scopes.of(Scope.KEYS_READ, Scope.KEYS_WRITE, Scope.KEYS_VERIFY);
    static final Validator VALIDATOR = validator();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final SettableTime time = SettableTime.at(Instant.parse("2026-03-02T09:15:00Z"));
    final KeyAdministration administration;
    final HttpServer server;
    final HttpClient http = HttpClient.newHttpClient();
    final String key;

    RunningServer(KeyStore store, HttpSettings settings, BooleanSupplier ready) {
        KeyPolicy policy = KeyPolicy.defaults();
        administration = new KeyAdministration(store, time, new SecureRandom(), policy);
        KeyVerification verification = new KeyVerification(store, time, policy.digester());
        server = new HttpServer(
                settings.withPort(0), administration, verification, policy.released(), ready, VALIDATOR, time);
        server.start();
        key = key("acme", ALL);
    }

    private static Validator validator() {
        Locale language = Locale.ENGLISH;
        return Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(
                        new ParameterMessageInterpolator(Set.of(language), language, context -> language, true))
                .buildValidatorFactory()
                .getValidator();
    }

    /** The secret of a new key. */
    String key(String company, Scopes scopes) {
        return administration
                .create(
                        Caller.trusted(new CompanyId(company), new Actor("host")),
                        KeyDraft.of(new UserId("root")).withScopes(scopes))
                .secret()
                .orElseThrow()
                .reveal();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request with the management key and a body. */
    HttpResponse<String> call(String method, String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).header("X-API-Key", key));
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        server.close();
    }
}
