package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two services over one PostgreSQL: what one changes acts there at once, and on the other within the revocation bound. */
final class TwoNodesTest {

    private static final Duration BOUND = Duration.ofMillis(500);

    private static EmbeddedPostgres postgres;

    private final Service one = started();
    private final Service other = started();
    private final String management = one.firstKey().orElseThrow().reveal();

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    private static Service started() {
        Map<String, String> environment = Map.of(
                "KEYWRIGHT_HTTP_PORT", "0",
                "KEYWRIGHT_DB_URL", postgres.getJdbcUrl("postgres", "postgres"),
                "KEYWRIGHT_REVOCATION_BOUND", BOUND.toString());
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
