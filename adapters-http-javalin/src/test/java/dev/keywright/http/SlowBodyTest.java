package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 7: a body that trickles in is given up, whatever came fast before it. */
@Tag("R-59")
class SlowBodyTest {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.plain();

    private final ApiClient api = SERVER.tenant().client();

    private String head(int length) {
        return "POST /keys HTTP/1.1\r\nHost: x\r\nX-API-Key: " + SERVER.tenant().secret()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n";
    }

    /** Sends a letter at a time until there is an answer. */
    private static Optional<Answer> trickle(RawConnection connection) throws IOException {
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        while (System.nanoTime() < end) {
            connection.send(" ");
            if (connection.isAnsweredWithin(PAUSE)) {
                return connection.read(false);
            }
        }
        return Optional.empty();
    }

    @Test
    void aBodyThatTricklesInIsGivenUp() throws IOException {
        for (int before = 0; before < 20; before++) {
            assertThat(api.post("/keys", "{\"userId\":\"a\"}" + " ".repeat(60_000))
                            .status())
                    .isEqualTo(201);
        }
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send(head(2_000));
            assertThat(trickle(connection)).hasValueSatisfying(answer -> {
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.detail()).contains("whole");
            });
        }
    }

    @Test
    void aBodyInTwoPiecesIsWaitedFor() throws IOException {
        String body = "{\"userId\":\"alice\"}";
        try (RawConnection connection = new RawConnection(SERVER.port())) {
            connection.send(head(body.length()) + body.substring(0, 5));
            assertThat(connection.isAnsweredWithin(Duration.ofMillis(1_500))).isFalse();
            connection.send(body.substring(5));
            assertThat(connection.read().status()).isEqualTo(201);
        }
    }
}
