package dev.keywright.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches an issuer's keys over HTTP, from the configured address or from the one in the issuer's metadata. No redirect is
 * followed, nothing takes longer than a few seconds, and no more than 256 KiB are read.
 */
final class IssuerClient implements IssuerKeys.Fetcher {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerClient.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration WHOLE = Duration.ofSeconds(4);
    private static final int MOST_BYTES = 256 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final OAuth2Settings settings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private @Nullable URI discovered;

    IssuerClient(OAuth2Settings settings) {
        this.settings = settings;
    }

    @Override
    public JWKSet fetch() throws IOException {
        try {
            return keys(get(jwksUrl()));
        } catch (IOException e) {
            discovered = null;
            LOG.warn("The issuer's keys cannot be fetched: {}", LogText.sentence(String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private static JWKSet keys(String page) throws IOException {
        try {
            return JWKSet.parse(page);
        } catch (ParseException | RuntimeException e) {
            // The parser meets some texts, such as null, with an unchecked exception.
            throw new IOException("what it publishes is no key set", e);
        }
    }

    private URI jwksUrl() throws IOException {
        if (settings.jwksUrl().isPresent()) {
            return settings.jwksUrl().get();
        }
        URI known = discovered;
        if (known == null) {
            known = discover();
            discovered = known;
        }
        return known;
    }

    private URI discover() throws IOException {
        IOException last = new IOException("no metadata");
        for (URI address : metadataAddresses(settings.issuer())) {
            try {
                return jwksUrl(JSON.readTree(get(address)));
            } catch (JsonProcessingException e) {
                last = new IOException("the issuer's metadata is no JSON");
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Where metadata may be: RFC 8414 section 3 puts the well-known part before the path, OpenID Discovery after it. */
    static List<URI> metadataAddresses(String issuer) {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath();
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        return List.of(
                URI.create(origin + "/.well-known/oauth-authorization-server" + bare),
                URI.create(origin + bare + "/.well-known/openid-configuration"));
    }

    private URI jwksUrl(JsonNode metadata) throws IOException {
        if (!settings.issuer().equals(metadata.path("issuer").textValue())) {
            throw new IOException("the metadata is of another issuer");
        }
        URI found;
        try {
            found = URI.create(metadata.path("jwks_uri").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("the metadata's jwks_uri is no URI", e);
        }
        boolean downgraded =
                "https".equalsIgnoreCase(URI.create(settings.issuer()).getScheme())
                        && !"https".equalsIgnoreCase(found.getScheme());
        if (!found.isAbsolute() || downgraded) {
            throw new IOException("the metadata's jwks_uri is missing or not safe");
        }
        return found;
    }

    private String get(URI address) throws IOException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(address)
                    .timeout(WHOLE)
                    .header("Accept", "application/json")
                    .build();
        } catch (IllegalArgumentException e) {
            throw new IOException("not an address to fetch from", e);
        }
        BoundedBody body = new BoundedBody(MOST_BYTES);
        CompletableFuture<HttpResponse<Void>> answer =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArrayConsumer(body));
        int status = await(answer).statusCode();
        if (status != 200) {
            throw new IOException("status " + status);
        }
        return body.text(StandardCharsets.UTF_8);
    }

    /** Waits for the whole answer: the time-out of a request ends with the headers. */
    private static <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + WHOLE.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw new IOException("no answer: " + e.getCause().getClass().getSimpleName(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
