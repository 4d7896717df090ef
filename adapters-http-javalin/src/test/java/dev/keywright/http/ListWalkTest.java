package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 3: walks along the links see every key that existed throughout exactly once. */
class ListWalkTest {

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private final ApiClient api = SERVER.tenant().client();

    /** What a walk from this page along this link sees, while something happens between its steps. */
    private List<String> walk(String from, String link, Runnable between) {
        List<String> seen = new ArrayList<>();
        String url = from;
        while (!url.equals("null")) {
            JsonNode page = api.get(url).json();
            List<String> ids = new ArrayList<>(ListPageTest.idsOf(page));
            if (link.equals("previousUrl")) {
                Collections.reverse(ids);
            }
            seen.addAll(ids);
            url = page.get(link).asText("null");
            between.run();
        }
        return seen;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    @Tag("R-52")
    void aWalkThereAndBackSeesEveryKeyOnceInOrder(int limit) {
        for (int at = 0; at < 13; at++) {
            api.newKey();
        }
        List<String> there = walk("/keys?limit=" + limit, "nextUrl", () -> {});
        assertThat(there).hasSize(14).doesNotHaveDuplicates().isSortedAccordingTo(Collections.reverseOrder());

        List<String> back =
                walk("/keys?limit=" + limit + "&endingBefore=" + ListPageTest.OLDEST, "previousUrl", () -> {});
        Collections.reverse(back);
        assertThat(back).isEqualTo(there);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @Tag("R-52")
    void aWalkUnderChurnSeesWhatExistedThroughoutExactlyOnce(long seed) {
        Random random = new Random(seed);
        List<String> stays = new ArrayList<>();
        List<String> goes = new ArrayList<>();
        for (int at = 0; at < 24; at++) {
            (at % 2 == 0 ? stays : goes).add(api.newKey());
        }
        Runnable churn = () -> {
            if (!goes.isEmpty()) {
                String victim = goes.remove(random.nextInt(goes.size()));
                assertThat(
                                random.nextBoolean()
                                        ? api.delete("/keys/" + victim).status()
                                        : api.post("/keys/" + victim + "/deactivate")
                                                .status())
                        .isBetween(200, 204);
            }
            api.newKey();
        };

        List<String> there = walk("/keys?limit=3", "nextUrl", churn);
        assertThat(there).containsAll(stays).doesNotHaveDuplicates();

        List<String> back =
                walk("/keys?limit=3&endingBefore=" + ListPageTest.OLDEST, "previousUrl", new LimitedChurn(churn, 8));
        assertThat(back).containsAll(stays).doesNotHaveDuplicates();
    }

    /** A walk towards newer keys would never end if they came faster than it goes. */
    private static final class LimitedChurn implements Runnable {
        private final Runnable churn;
        private int left;

        LimitedChurn(Runnable churn, int left) {
            this.churn = churn;
            this.left = left;
        }

        @Override
        public void run() {
            if (left-- > 0) {
                churn.run();
            }
        }
    }

    @Test
    void aStepBackFromWhereAWalkStandsLeadsToThePageBefore() {
        for (int at = 0; at < 9; at++) {
            api.newKey();
        }
        JsonNode first = api.get("/keys?limit=4").json();
        JsonNode second = api.get(first.path("nextUrl").asText()).json();
        JsonNode third = api.get(second.path("nextUrl").asText()).json();

        assertThat(api.get(third.path("previousUrl").asText()).json()).isEqualTo(second);
        assertThat(api.get(second.path("previousUrl").asText()).json()).isEqualTo(first);
    }

    @Test
    @Tag("R-54")
    void countTotalAndDataComeFromOneLook() throws Exception {
        Set<String> created = new HashSet<>();
        Thread writer = new Thread(() -> {
            for (int at = 0; at < 60; at++) {
                created.add(api.newKey());
            }
        });
        writer.start();
        try {
            while (writer.isAlive()) {
                JsonNode page = api.get("/keys?limit=100").json();
                assertThat(page.path("total").asInt())
                        .isEqualTo(page.path("data").size());
            }
        } finally {
            writer.join();
        }
        assertThat(api.get("/keys?limit=100").json().path("total").asInt()).isEqualTo(created.size() + 1);
    }
}
