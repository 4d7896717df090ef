package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 3: one page of {@code GET /keys}, its envelope and its links. */
class ListPageTest {

    static final String OLDEST = "key_00000000000000000000000000";
    static final String NEWEST = "key_7zzzzzzzzzzzzzzzzzzzzzzzzz";

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final Tenant acme = SERVER.tenant();
    private final ApiClient api = acme.client();

    /** Newest first; the last is the key that the client itself calls with. */
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void sevenKeys() {
        ids.addAll(idsOf(api.get("/keys").json()));
        for (int at = 0; at < 6; at++) {
            ids.add(0, api.newKey());
        }
    }

    static List<String> idsOf(JsonNode page) {
        return JsonText.list(page.path("data")).stream()
                .map(key -> key.path("id").asText())
                .toList();
    }

    private JsonNode page(String query) {
        Answer answer = api.get("/keys" + query);
        assertThat(answer.status()).as(query + answer).isEqualTo(200);
        JsonNode page = answer.json();
        assertThat(page.path("count").asInt()).isEqualTo(page.path("data").size());
        return page;
    }

    private void assertPage(JsonNode page, List<String> expected, String previous, String next) {
        assertThat(idsOf(page)).isEqualTo(expected);
        assertThat(page.path("total").asInt()).isEqualTo(ids.size());
        assertThat(page.get("previousUrl").asText("null")).isEqualTo(previous);
        assertThat(page.get("nextUrl").asText("null")).isEqualTo(next);
    }

    private static String after(String id) {
        return "/keys?status=active&limit=3&startingAfter=" + id;
    }

    private static String before(String id) {
        return "/keys?status=active&limit=3&endingBefore=" + id;
    }

    @Test
    void theEnvelopeHasItsSixNamesAndTheNumber200() {
        JsonNode page = page("");

        assertThat(JsonText.names(page)).containsExactly("status", "total", "count", "nextUrl", "previousUrl", "data");
        assertThat(page.get("status").isInt()).isTrue();
        assertPage(page, ids, "null", "null");
    }

    @Test
    void theFirstPageHasOnlyANextOne() {
        assertPage(page("?limit=3"), ids.subList(0, 3), "null", after(ids.get(2)));
    }

    @Test
    void aPageInTheMiddleHasBoth() {
        assertPage(
                page("?limit=3&startingAfter=" + ids.get(1)), ids.subList(2, 5), before(ids.get(2)), after(ids.get(4)));
        assertPage(
                page("?limit=3&endingBefore=" + ids.get(5)), ids.subList(2, 5), before(ids.get(2)), after(ids.get(4)));
        assertPage(page("?limit=3&offset=2"), ids.subList(2, 5), before(ids.get(2)), after(ids.get(4)));
    }

    @Test
    void theLastPageHasOnlyAPreviousOne() {
        assertPage(page("?limit=3&startingAfter=" + ids.get(3)), ids.subList(4, 7), before(ids.get(4)), "null");
        assertPage(page("?limit=3&offset=5"), ids.subList(5, 7), before(ids.get(5)), "null");
        assertPage(page("?limit=3&endingBefore=" + OLDEST), ids.subList(4, 7), before(ids.get(4)), "null");
    }

    @Test
    void endingBeforeIsThePageRightBeforeStillNewestFirst() {
        assertPage(page("?limit=3&endingBefore=" + ids.get(2)), ids.subList(0, 2), "null", after(ids.get(1)));
        assertPage(page("?limit=3&endingBefore=" + ids.get(3)), ids.subList(0, 3), "null", after(ids.get(2)));
        assertPage(
                page("?limit=3&endingBefore=" + ids.get(4)), ids.subList(1, 4), before(ids.get(1)), after(ids.get(3)));
    }

    @Test
    void anEmptyPageIsNoDeadEnd() {
        JsonNode beyond = page("?limit=3&startingAfter=" + OLDEST);
        assertPage(beyond, List.of(), beyond.path("previousUrl").asText(), "null");
        assertThat(idsOf(api.get(beyond.path("previousUrl").asText()).json())).isEqualTo(ids.subList(4, 7));

        JsonNode ahead = page("?limit=3&endingBefore=" + NEWEST);
        assertPage(ahead, List.of(), "null", ahead.path("nextUrl").asText());
        assertThat(idsOf(api.get(ahead.path("nextUrl").asText()).json())).isEqualTo(ids.subList(0, 3));

        JsonNode first = page("?limit=3&endingBefore=" + ids.get(0));
        assertPage(first, List.of(), "null", first.path("nextUrl").asText());
        assertThat(idsOf(api.get(first.path("nextUrl").asText()).json())).isEqualTo(ids.subList(0, 3));

        JsonNode jumped = page("?limit=3&offset=7");
        assertPage(jumped, List.of(), jumped.path("previousUrl").asText(), "null");
        assertThat(idsOf(api.get(jumped.path("previousUrl").asText()).json())).isEqualTo(ids.subList(4, 7));
    }

    @Test
    void thePageBeforeAnEmptyOneEndsWithThePositionItself() {
        JsonNode empty = page("?limit=3&startingAfter=" + ids.get(6));
        assertThat(idsOf(empty)).isEmpty();
        assertThat(idsOf(api.get(empty.path("previousUrl").asText()).json())).isEqualTo(ids.subList(4, 7));

        JsonNode none = page("?status=inactive&limit=3&startingAfter=" + ids.get(6));
        assertThat(none.get("previousUrl").isNull()).isTrue();
        assertThat(none.get("nextUrl").isNull()).isTrue();
        assertThat(none.path("total").asInt()).isZero();
    }

    @Test
    @Tag("R-53")
    void anIdIsAPositionWhenItsKeyWasDeletedOrSwitchedOffOrIsNobodys() {
        api.delete("/keys/" + ids.get(2));
        assertThat(idsOf(page("?limit=2&startingAfter=" + ids.get(2)))).isEqualTo(ids.subList(3, 5));
        assertThat(idsOf(page("?limit=2&endingBefore=" + ids.get(2)))).isEqualTo(ids.subList(0, 2));

        api.post("/keys/" + ids.get(4) + "/deactivate");
        assertThat(idsOf(page("?limit=2&startingAfter=" + ids.get(4)))).isEqualTo(ids.subList(5, 7));

        String nobodys = ids.get(3).substring(0, 29) + (ids.get(3).charAt(29) == 'z' ? 'y' : 'z');
        assertThat(idsOf(page("?limit=2&status=active&startingAfter=" + nobodys)))
                .isNotEmpty();
    }

    @Test
    @Tag("R-24")
    void aForeignCursorIsLikeOneOfNobody() {
        SERVER.time.advance(Duration.ofMillis(5));
        ApiClient other = SERVER.tenant().client();
        String foreign = other.newKey();
        assertThat(idsOf(page("?startingAfter=" + foreign))).isEqualTo(ids);
        assertThat(idsOf(page("?endingBefore=" + foreign))).isEmpty();
        assertThat(page("?endingBefore=" + foreign).path("total").asInt()).isEqualTo(7);
    }

    @Test
    void theFilterIsActiveUnlessAskedAndInactiveIsOffAndDeleted() {
        api.delete("/keys/" + ids.get(0));
        api.post("/keys/" + ids.get(3) + "/deactivate");

        JsonNode inactive = page("?status=inactive");
        assertThat(idsOf(inactive)).containsExactly(ids.get(0), ids.get(3));
        assertThat(inactive.path("total").asInt()).isEqualTo(2);
        assertThat(page("")).isEqualTo(page("?status=active"));
        assertThat(page("").path("total").asInt()).isEqualTo(5);
    }

    @Test
    void linksCarryFilterAndLimit() {
        ids.subList(0, 6).forEach(id -> api.delete("/keys/" + id));

        JsonNode first = page("?limit=2&status=inactive");
        assertThat(first.path("nextUrl").asText())
                .isEqualTo("/keys?status=inactive&limit=2&startingAfter=" + ids.get(1));
        JsonNode second = api.get(first.path("nextUrl").asText()).json();
        assertThat(idsOf(second)).isEqualTo(ids.subList(2, 4));
        assertThat(second.path("previousUrl").asText())
                .isEqualTo("/keys?status=inactive&limit=2&endingBefore=" + ids.get(2));
    }

    @Test
    void aPageHas25KeysUnlessAskedAndUpTo100() {
        for (int more = 0; more < 100; more++) {
            ids.add(0, api.newKey());
        }
        assertThat(idsOf(page(""))).isEqualTo(ids.subList(0, 25));
        assertThat(page("").path("nextUrl").asText()).contains("limit=25");
        assertThat(idsOf(page("?limit=100"))).isEqualTo(ids.subList(0, 100));
        assertThat(idsOf(page("?limit=1"))).isEqualTo(ids.subList(0, 1));
    }

    @Test
    @Tag("R-35")
    void linksNeverComeFromHeaders() {
        JsonNode page = api.with("Host", "evil.example")
                .with("X-Forwarded-Host", "evil.example")
                .with("X-Forwarded-Prefix", "/evil")
                .with("Forwarded", "host=evil.example;proto=https")
                .get("/keys?limit=1")
                .json();
        assertThat(page.path("nextUrl").asText()).startsWith("/keys?");
    }
}
