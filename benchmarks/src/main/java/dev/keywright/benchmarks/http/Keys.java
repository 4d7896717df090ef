package dev.keywright.benchmarks.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The keys that are verified: each of another user, with one scope, pinned to a version. */
final class Keys {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String verifier;
    private final List<String> secrets;

    private Keys(String verifier, List<String> secrets) {
        this.verifier = verifier;
        this.secrets = secrets;
    }

    /** Makes them through the API of a product that has just been set up. */
    static Keys make(Server product, int count) throws IOException {
        String first = product.firstKey();
        List<String> secrets = new ArrayList<>(count);
        try (Connection connection = new Connection(product.port())) {
            for (int number = 0; number < count; number++) {
                String user = String.format(Locale.ROOT, "user-%06d", number);
                Call.post("/keys", first, "{\"userId\":\"" + user + "\",\"scopes\":[\"keys:read\"]}", 201, user)
                        .on(connection);
                JsonNode made = JSON.readTree(connection.body());
                secrets.add(made.path("key").asText());
                Call.put(
                                "/keys/" + made.path("id").asText(),
                                first,
                                "{\"apiVersion\":\"2024-05-22\"}",
                                200,
                                "2024-05-22")
                        .on(connection);
            }
        }
        return new Keys(first, secrets);
    }

    /** One question about each, asked with the key that may ask. */
    List<Call> verifications() {
        return secrets.stream()
                .map(secret -> Call.post(
                        "/keys/verify",
                        verifier,
                        "{\"key\":\"" + secret + "\",\"clientIp\":\"203.0.113.7\",\"scopes\":[\"keys:read\"]}",
                        200,
                        "\"valid\":true"))
                .toList();
    }

    /** One request of a proxy for each, with that key as its credential. */
    List<Call> authentications() {
        return secrets.stream()
                .map(secret -> Call.get("/auth", secret, 204, "X-Key-Id: key_"))
                .toList();
    }
}
