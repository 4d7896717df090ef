package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that jumps, as clocks of machines do, neither reorders keys, nor turns back their time, nor revives or reopens. */
@Tag("R-19")
class ClockJumpsTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.with(UnaryOperator.identity());

    private final ApiClient api = SERVER.tenant().client();

    @BeforeEach
    void now() {
        SERVER.time.set(LiveServer.START);
    }

    private static Instant instant(JsonNode key, String name) {
        return Instant.parse(key.path(name).asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT-0.001S", "P-3650D", "PT1H", "P3650D"})
    void theListIsInTheOrderOfCreationWhereverTheClockJumps(Duration jump) {
        List<String> made = new ArrayList<>(ListPageTest.idsOf(api.get("/keys").json()));
        for (int at = 0; at < 6; at++) {
            made.add(0, api.newKey());
            SERVER.time.advance(at % 2 == 0 ? jump : jump.negated().plusMillis(1));
        }

        assertThat(ListPageTest.idsOf(api.get("/keys").json())).isEqualTo(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "P-3650D", "P3650D"})
    void noKeyIsChangedBeforeItWasCreatedOrBeforeItsLastChange(Duration jump) {
        String path = "/keys/" + api.newKey();
        JsonNode last = api.get(path).json();
        for (int at = 0; at < 4; at++) {
            SERVER.time.advance(at % 2 == 0 ? jump : jump.negated());
            JsonNode changed = api.put(path, JsonText.object("description", "change " + at))
                    .json();
            assertThat(instant(changed, "updatedAt"))
                    .isAfterOrEqualTo(instant(last, "updatedAt"))
                    .isAfterOrEqualTo(instant(changed, "createdAt"));
            assertThat(changed.path("createdAt")).isEqualTo(last.path("createdAt"));
            last = changed;
        }
        SERVER.time.advance(Duration.ofDays(-1));
        api.delete(path);

        assertThat(instant(api.get(path).json(), "deletedAt")).isAfterOrEqualTo(instant(last, "updatedAt"));
    }

    @Test
    void aKeyThatWasMadeWhileTheClockWasAheadHoldsNoLaterKeyBack() {
        SERVER.time.advance(Duration.ofDays(3_650));
        String ahead = api.newKey();
        SERVER.time.set(LiveServer.START);
        List<String> after = List.of(api.newKey(), api.newKey(), api.newKey());

        List<String> ids = new ArrayList<>(ListPageTest.idsOf(api.get("/keys").json()));
        Collections.reverse(ids);
        assertThat(ids).containsSubsequence(ahead, after.get(0), after.get(1), after.get(2));
        JsonNode newest = api.get("/keys/" + after.get(2)).json();
        assertThat(instant(newest, "updatedAt")).isAfterOrEqualTo(instant(newest, "createdAt"));
    }

    @Test
    void aWindowThatHasClosedDoesNotReopenForAChangedKey() {
        String path = "/keys/" + api.newKey();
        api.put(path, "{\"apiVersion\":\"2023-01-01\"}");
        api.put(path, "{\"apiVersion\":\"2024-01-01\"}");
        SERVER.time.advance(Duration.ofDays(3_650));
        api.put(path, "{\"description\":\"ten years later\"}");

        for (String back : List.of("PT-1H", "P-3650D", "P-1D")) {
            SERVER.time.advance(Duration.parse(back));
            Answer refused = api.put(path, "{\"apiVersion\":\"2023-01-01\"}");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.type()).isEqualTo("/problems/downgrade-window-closed");
        }
    }

    @Test
    void aDeletedKeyIsNotRevived() {
        JsonNode key = api.created("userId", "alice");
        api.delete("/keys/" + key.path("id").asText());

        for (String jump : List.of("PT-1H", "P-3650D", "P7300D")) {
            SERVER.time.advance(Duration.parse(jump));
            assertThat(api.verify("key", key.path("key").asText())
                            .json()
                            .path("code")
                            .asText())
                    .isEqualTo("DELETED");
        }
    }
}
