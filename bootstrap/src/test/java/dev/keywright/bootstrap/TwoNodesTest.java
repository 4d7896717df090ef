package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two services over one PostgreSQL: what one changes acts there at once, and on the other within the revocation bound. */
final class TwoNodesTest {

    private static final Duration BOUND = Duration.ofMillis(500);

    private final PostgresServer.Database database = PostgresServer.running().newDatabase();
    private final Service one = started();
    private final Service other = started();
    private final String management = one.firstKey().orElseThrow().reveal();

    private Service started() {
        Map<String, String> environment = database.environment();
        environment.put("KEYWRIGHT_HTTP_PORT", "0");
        environment.put("KEYWRIGHT_REVOCATION_BOUND", BOUND.toString());
        return Service.start(Settings.read(environment, Map.of()));
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    private Api at(Service node) {
        return new Api("http://127.0.0.1:" + node.port(), management);
    }

    private String verdict(Service node, String secret) throws Exception {
        return at(node).ask(200, "POST", "/keys/verify", "{\"key\":\"" + secret + "\"}")
                .path("code")
                .asText();
    }

    @Test
    void aKeyIsGoodEverywhereAtOnceAndItsRevocationActsHereAtOnceAndThereWithinTheBound() throws Exception {
        for (int round = 0; round < 5; round++) {
            var created = at(one).ask(201, "POST", "/keys", "{\"userId\":\"alice\"}");
            String secret = created.path("key").asText();
            assertThat(verdict(one, secret)).isEqualTo("VALID");
            assertThat(verdict(other, secret)).isEqualTo("VALID");

            at(one).send("DELETE", "/keys/" + created.path("id").asText(), "");
            long acknowledged = System.nanoTime();

            assertThat(verdict(one, secret)).isEqualTo("DELETED");
            long lastGrantBegan = acknowledged;
            for (long begins = System.nanoTime(); verdict(other, secret).equals("VALID"); begins = System.nanoTime()) {
                lastGrantBegan = begins;
            }
            assertThat(Duration.ofNanos(lastGrantBegan - acknowledged)).isLessThan(BOUND);
        }
    }
}
