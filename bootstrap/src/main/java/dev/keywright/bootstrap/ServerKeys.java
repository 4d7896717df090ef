package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UtcMillis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** The keys of a running server, through its HTTP API. The company is that of the credential. */
final class ServerKeys implements Keys {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Room for a page of a hundred keys of the largest size, several times over. */
    private static final int LARGEST_ANSWER = 8 * 1024 * 1024;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String server;
    private final String credential;
    private final Duration patience;

    /**
     * @param server where the API is, with or without a slash at its end
     * @param credential a key or a JWT
     */
    ServerKeys(URI server, String credential) {
        this(server, credential, ANSWER);
    }

    /** With another patience: how long an answer may take, to its last byte. */
    ServerKeys(URI server, String credential, Duration patience) {
        this.server = server.toString().replaceAll("/+$", "");
        this.credential = credential;
        this.patience = patience;
    }

    @Override
    public JsonNode create(KeyDraft draft) {
        ObjectNode body = json.createObjectNode().put("userId", draft.user().value());
        putDescription(body, draft.description());
        putAllowList(body, draft.allowList());
        putScopes(body, draft.scopes());
        putExpiry(body, draft.expiry());
        return send("POST", "/keys", Optional.of(body), ServerKeys::isNewKey);
    }

    @Override
    public JsonNode list(KeyStatus status, int limit, Optional<ApiKeyId> after) {
        String filter = "?status=" + status.name().toLowerCase(Locale.ROOT) + "&limit=" + limit;
        return send(
                "GET",
                "/keys" + filter + after.map(id -> "&startingAfter=" + id).orElse(""),
                Optional.empty(),
                ServerKeys::isPage);
    }

    @Override
    public JsonNode get(ApiKeyId id) {
        return send("GET", "/keys/" + id, Optional.empty(), ServerKeys::isKey);
    }

    @Override
    public JsonNode update(ApiKeyId id, KeyUpdate update) {
        ObjectNode body = json.createObjectNode();
        update.apiVersion().map(ApiVersion::toString).ifPresent(version -> body.put("apiVersion", version));
        update.description().ifPresent(description -> putDescription(body, description));
        update.allowList().ifPresent(list -> putAllowList(body, list));
        update.scopes().ifPresent(scopes -> putScopes(body, scopes));
        update.expiry().ifPresent(expiry -> putExpiry(body, expiry));
        return send("PUT", "/keys/" + id, Optional.of(body), ServerKeys::isKey);
    }

    @Override
    public JsonNode activate(ApiKeyId id) {
        return send("POST", "/keys/" + id + "/activate", Optional.empty(), ServerKeys::isKey);
    }

    @Override
    public JsonNode deactivate(ApiKeyId id) {
        return send("POST", "/keys/" + id + "/deactivate", Optional.empty(), ServerKeys::isKey);
    }

    @Override
    public void delete(ApiKeyId id) {
        send("DELETE", "/keys/" + id, Optional.empty(), JsonNode::isMissingNode);
    }

    @Override
    public void close() {
        // The client holds nothing that outlives its idle connections.
    }

    private static void putDescription(ObjectNode body, Optional<Description> description) {
        body.put("description", description.map(Description::value).orElse(null));
    }

    private static void putAllowList(ObjectNode body, IpAllowList list) {
        if (list.isUnrestricted()) {
            body.putNull("whitelistedIPs");
            return;
        }
        ArrayNode entries = body.putArray("whitelistedIPs");
        list.ranges().forEach(range -> entries.add(range.toString()));
    }

    private static void putScopes(ObjectNode body, Scopes scopes) {
        ArrayNode entries = body.putArray("scopes");
        scopes.forEach(scope -> entries.add(scope.value()));
    }

    private static void putExpiry(ObjectNode body, Expiry expiry) {
        body.put("expiresAt", expiry.at().map(UtcMillis::text).orElse(null));
    }

    private JsonNode send(
            String method, String path, Optional<ObjectNode> body, Predicate<JsonNode> isWhatWasAskedFor) {
        HttpResponse<byte[]> answer = exchange(method, path, body);
        JsonNode content = parse(answer);
        if (answer.statusCode() >= 400) {
            throw new CommandFailure(status(answer.statusCode()), sentence(answer.statusCode(), content));
        }
        boolean fits = answer.statusCode() / 100 == 2 && content.isMissingNode() == (answer.statusCode() == 204);
        if (!fits || !isWhatWasAskedFor.test(content)) {
            throw notKeywright(answer);
        }
        return content;
    }

    private static boolean isKey(JsonNode content) {
        return content.path("id").isTextual() && isId(content.path("id").asText());
    }

    private static boolean isId(String text) {
        try {
            ApiKeyId.parse(text);
            return true;
        } catch (InvalidValueException e) {
            return false;
        }
    }

    private static boolean isNewKey(JsonNode content) {
        return isKey(content) && !content.path("key").asText().isEmpty();
    }

    /** A page that says how it goes on; without keys it is the last. */
    private static boolean isPage(JsonNode content) {
        JsonNode data = content.path("data");
        JsonNode next = content.path("nextUrl");
        return data.isArray()
                && StreamSupport.stream(data.spliterator(), false).allMatch(ServerKeys::isKey)
                && content.path("count").isNumber()
                && content.path("total").isNumber()
                && (next.isNull() || next.isTextual() && !data.isEmpty());
    }

    private HttpResponse<byte[]> exchange(String method, String path, Optional<ObjectNode> body) {
        BodyPublisher content =
                body.map(node -> BodyPublishers.ofString(node.toString())).orElse(BodyPublishers.noBody());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Authorization", "Bearer " + credential)
                .header("Accept", "application/json, application/problem+json")
                .method(method, content);
        body.ifPresent(node -> request.header("Content-Type", "application/json"));
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request.build(), head -> new BoundedBody(LARGEST_ANSWER));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    ExitStatus.UNAVAILABLE,
                    e.getCause() instanceof BoundedBody.TooLargeException
                            ? server + " answered more than 8 MiB, and not as Keywright does: is this the right URL?"
                            : "No answer from " + server + ": is a server running there?");
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new CommandFailure(
                    ExitStatus.UNAVAILABLE,
                    "No whole answer from " + server + " within " + patience.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitStatus.UNAVAILABLE, "Interrupted while waiting for " + server);
        }
    }

    private JsonNode parse(HttpResponse<byte[]> answer) {
        try {
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw notKeywright(answer);
        }
    }

    private CommandFailure notKeywright(HttpResponse<byte[]> answer) {
        return new CommandFailure(
                ExitStatus.UNAVAILABLE,
                server + " answered " + answer.statusCode() + ", and not as Keywright does: is this the right URL?");
    }

    private static ExitStatus status(int answered) {
        return switch (answered) {
            case 400, 413, 415 -> ExitStatus.USAGE;
            case 429, 500, 502, 503, 504 -> ExitStatus.UNAVAILABLE;
            default -> ExitStatus.REFUSED;
        };
    }

    /** The detail of a problem and each of its errors (RFC 9457). */
    private String sentence(int answered, JsonNode problem) {
        if (answered == 401) {
            return server + " does not accept the key or token of " + Setting.API_KEY.variable() + " or --api-key-file";
        }
        StringBuilder sentence = new StringBuilder(
                problem.path("detail").asText(problem.path("title").asText(server + " answered " + answered)));
        if (problem.path("errors").size() < 2) {
            return sentence.toString();
        }
        for (JsonNode error : problem.path("errors")) {
            sentence.append("\n  ")
                    .append(error.path("pointer").asText())
                    .append(": ")
                    .append(error.path("detail").asText());
        }
        return sentence.toString();
    }
}
