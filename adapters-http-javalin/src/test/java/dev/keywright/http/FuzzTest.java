package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.Caller;
import dev.keywright.application.PageRequest;
import dev.keywright.application.PageRequest.Start;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of broken requests: never a fault of ours, always a problem or the documented answer, and nothing changed by what was
 * refused. A failure names its seed and round, which repeat it. Long runs: {@code -Pthorough}.
 */
@Tag("R-39")
@Tag("R-50")
class FuzzTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.plain();

    private static final int ROUNDS = Boolean.getBoolean("keywright.thorough") ? 25_000 : 500;

    private final Tenant acme = SERVER.tenant();
    private final String secret = acme.secret("keys:read", "keys:write", "keys:verify", "reports");
    private final Caller host = Caller.trusted(new CompanyId(acme.company()), new Actor("host"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void brokenRequestsNeverBreakTheServer(long seed) throws IOException {
        FuzzedRequests requests = new FuzzedRequests(seed);
        TreeMap<Integer, Integer> statuses = new TreeMap<>();
        ApiKeyId id = acme.key("reports").key().id();
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 25 == 0) {
                id = acme.key("reports").key().id();
            }
            ApiRequest request = requests.next(id.toString(), secret);
            String before = state(id);
            Optional<Answer> answer = RawConnection.once(SERVER.port(), requests.wire(request));
            String what = "seed " + seed + ", round " + round + ": " + request.method() + " " + request.target() + " "
                    + headers(request);
            int status = answer.map(Answer::status).orElse(0);
            statuses.merge(status, 1, Integer::sum);
            answer.ifPresent(given -> judge(what, request, given));
            if (status < 200 || status >= 300) {
                assertThat(state(id)).as(what).isEqualTo(before);
            }
        }
        assertThat(statuses.keySet())
                .as("the requests reach deep: %s", statuses)
                .contains(200, 201, 204, 400, 401, 404, 405, 415);
        assertThat(statuses.getOrDefault(0, 0)).as("hang-ups without an answer").isLessThan(ROUNDS / 100);
    }

    /** All headers but the credentials. */
    private static List<HeaderLine> headers(ApiRequest request) {
        return request.headers().stream()
                .filter(header -> !List.of("X-API-Key", "Authorization").contains(header.name()))
                .toList();
    }

    private static void judge(String what, ApiRequest request, Answer answer) {
        try {
            ApiClient.judge(request, answer);
        } catch (AssertionError e) {
            throw new AssertionError(what + "\n" + e.getMessage(), e);
        }
    }

    private String state(ApiKeyId id) {
        ApiKey key = SERVER.administration.get(host, id);
        return key.revision() + " " + total(KeyStatus.ACTIVE) + " " + total(KeyStatus.INACTIVE);
    }

    private long total(KeyStatus status) {
        return SERVER.administration
                .list(host, new PageRequest(status, 1, new Start.Offset(0)))
                .total();
    }
}
