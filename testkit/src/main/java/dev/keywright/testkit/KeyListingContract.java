package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.insertAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.Caller;
import dev.keywright.application.KeyPage;
import dev.keywright.application.PageRequest;
import dev.keywright.application.PageRequest.Start;
import dev.keywright.application.Precondition;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.KeyStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages of a company's keys, newest first, each with its total and the way to its neighbours. */
public abstract class KeyListingContract extends UseCaseContract {

    private static final Start NEWEST = new Start.Offset(0);

    private KeyPage list(Start start, int limit) {
        return administration().list(host, new PageRequest(KeyStatus.ACTIVE, limit, start));
    }

    /** So many keys, newest first. */
    private List<ApiKey> given(int count) {
        List<ApiKey> keys = new ArrayList<>(insertAll(keys(), Samples.created(company, count)));
        Collections.reverse(keys);
        return keys;
    }

    @Test
    void theFirstPageHasTheNewestKeys() {
        List<ApiKey> keys = given(5);

        KeyPage page = list(NEWEST, 3);

        assertThat(page.keys()).isEqualTo(keys.subList(0, 3));
        assertThat(page.total()).isEqualTo(5);
        assertThat(page.previous()).isEmpty();
        assertThat(page.next()).contains(new Start.After(keys.get(2).id()));
    }

    @Test
    void aCompanyWithoutKeysHasOneEmptyPage() {
        ApiKeyId position = Samples.created(company).after().id();

        for (Start start :
                List.of(NEWEST, new Start.Offset(5), new Start.After(position), new Start.Before(position))) {
            KeyPage page = list(start, 3);

            assertThat(page).isEqualTo(new KeyPage(List.of(), 0, Optional.empty(), Optional.empty()));
        }
    }

    @Test
    void followingTheLinksShowsEveryKeyOnceInBothDirections() {
        for (int count = 0; count <= 7; count++) {
            String asCompany = "company of " + count;
            Caller caller = Caller.trusted(Samples.company(asCompany), Samples.ACTOR);
            List<ApiKey> keys = new ArrayList<>(insertAll(keys(), Samples.created(caller.company(), count)));
            Collections.reverse(keys);
            for (int limit = 1; limit <= 4; limit++) {
                List<KeyPage> forwards = new ArrayList<>();
                Optional<Start> start = Optional.of(NEWEST);
                while (start.isPresent()) {
                    KeyPage page = administration().list(caller, new PageRequest(KeyStatus.ACTIVE, limit, start.get()));
                    forwards.add(page);
                    assertThat(forwards).as("a walk that comes to no end").hasSizeLessThan(10);
                    start = page.next();
                }
                List<KeyPage> backwards = new ArrayList<>();
                start = forwards.get(forwards.size() - 1).previous();
                while (start.isPresent()) {
                    KeyPage page = administration().list(caller, new PageRequest(KeyStatus.ACTIVE, limit, start.get()));
                    backwards.add(0, page);
                    assertThat(backwards).as("a walk that comes to no end").hasSizeLessThan(10);
                    start = page.previous();
                }

                assertThat(keysOf(forwards)).as(asCompany).isEqualTo(keys);
                assertThat(keysOf(backwards)).as(asCompany).isEqualTo(keysOf(forwards.subList(0, forwards.size() - 1)));
                assertThat(forwards).allSatisfy(page -> assertThat(page.total()).isEqualTo(keys.size()));
            }
        }
    }

    private static List<ApiKey> keysOf(List<KeyPage> pages) {
        return pages.stream().flatMap(page -> page.keys().stream()).toList();
    }

    @Test
    void aPageBeforeAPositionHasTheKeysNextToIt() {
        List<ApiKey> keys = given(6);

        KeyPage page = list(new Start.Before(keys.get(4).id()), 2);

        assertThat(page.keys()).isEqualTo(keys.subList(2, 4));
        assertThat(page.previous()).contains(new Start.Before(keys.get(2).id()));
        assertThat(page.next()).contains(new Start.After(keys.get(3).id()));
        assertThat(list(page.previous().orElseThrow(), 2).previous()).isEmpty();
    }

    @Test
    void anOffsetLeavesTheNewestOut() {
        List<ApiKey> keys = given(5);

        KeyPage page = list(new Start.Offset(2), 2);

        assertThat(page.keys()).isEqualTo(keys.subList(2, 4));
        assertThat(page.total()).isEqualTo(5);
        assertThat(list(page.previous().orElseThrow(), 2).keys()).isEqualTo(keys.subList(0, 2));
        assertThat(list(page.next().orElseThrow(), 2).keys()).isEqualTo(keys.subList(4, 5));
    }

    @Test
    void anOffsetBehindTheEndLeadsBackToTheOldestKeys() {
        List<ApiKey> keys = given(5);

        for (long offset : new long[] {5, 6, 1L << 40, Long.MAX_VALUE}) {
            KeyPage page = list(new Start.Offset(offset), 2);

            assertThat(page.keys()).isEmpty();
            assertThat(page.total()).isEqualTo(5);
            assertThat(page.next()).isEmpty();
            assertThat(list(page.previous().orElseThrow(), 2).keys()).isEqualTo(keys.subList(3, 5));
        }
    }

    @Test
    void anEmptyPageAfterTheOldestKeyLeadsBack() {
        List<ApiKey> keys = given(3);

        for (ApiKeyId position : List.of(keys.get(2).id(), ApiKeyId.OLDEST)) {
            KeyPage page = list(new Start.After(position), 2);

            assertThat(page.keys()).isEmpty();
            assertThat(page.next()).isEmpty();
            assertThat(list(page.previous().orElseThrow(), 2).keys()).isEqualTo(keys.subList(1, 3));
        }
    }

    @Test
    void anEmptyPageBeforeTheNewestKeyLeadsOn() {
        List<ApiKey> keys = given(3);

        for (ApiKeyId position : List.of(keys.get(0).id(), ApiKeyId.NEWEST)) {
            KeyPage page = list(new Start.Before(position), 2);

            assertThat(page.keys()).isEmpty();
            assertThat(page.previous()).isEmpty();
            assertThat(list(page.next().orElseThrow(), 2).keys()).isEqualTo(keys.subList(0, 2));
        }
    }

    @Test
    void theEndsOfTheOrderArePositionsToo() {
        List<ApiKey> keys = given(3);

        assertThat(list(new Start.After(ApiKeyId.NEWEST), 10).keys()).isEqualTo(keys);
        assertThat(list(new Start.After(ApiKeyId.NEWEST), 10).previous()).isEmpty();
        assertThat(list(new Start.Before(ApiKeyId.OLDEST), 10).keys()).isEqualTo(keys);
        assertThat(list(new Start.Before(ApiKeyId.OLDEST), 10).next()).isEmpty();
    }

    /** */
    @Test
    void aKeyThatIsGoneOrForeignIsAPosition() {
        List<ApiKey> keys = given(4);
        administration().delete(host, keys.get(1).id(), Precondition.none());
        administration().deactivate(host, keys.get(2).id(), Precondition.none());
        ApiKeyId foreign = Samples.insert(
                        keys(),
                        Samples.created(Samples.company(), keys.get(1).id().next()))
                .id();

        assertThat(list(new Start.After(keys.get(1).id()), 10).keys()).containsExactly(keys.get(3));
        assertThat(list(new Start.After(foreign), 10).keys()).containsExactly(keys.get(3));
        assertThat(list(new Start.After(keys.get(2).id()), 10).keys()).containsExactly(keys.get(3));
        assertThat(list(new Start.Before(keys.get(2).id()), 10).keys()).containsExactly(keys.get(0));
        assertThat(list(new Start.Before(foreign), 10).keys()).containsExactly(keys.get(0));
    }

    /** for every position, of keys that match, of others and of none, and for every length of a page. */
    @Test
    void everyPageKnowsWhetherThereAreKeysOnBothSides() {
        List<ApiKey> keys = given(7);
        administration().delete(host, keys.get(2).id(), Precondition.none());
        administration().deactivate(host, keys.get(5).id(), Precondition.none());
        List<ApiKey> matching = Stream.of(0, 1, 3, 4, 6).map(keys::get).toList();
        List<ApiKeyId> positions = Stream.concat(
                        Stream.of(ApiKeyId.OLDEST, ApiKeyId.NEWEST),
                        keys.stream().map(ApiKey::id).flatMap(id -> Stream.of(id.previous(), id, id.next())))
                .toList();

        for (int limit = 1; limit <= matching.size() + 1; limit++) {
            for (ApiKeyId position : positions) {
                assertNeighbours(list(new Start.After(position), limit), matching, limit);
                assertNeighbours(list(new Start.Before(position), limit), matching, limit);
            }
            for (int offset = 0; offset <= matching.size(); offset++) {
                assertNeighbours(list(new Start.Offset(offset), limit), matching, limit);
            }
        }
    }

    /** The links are there if, and only if, they lead to the keys next to the page. */
    private void assertNeighbours(KeyPage page, List<ApiKey> matching, int limit) {
        int from = page.keys().isEmpty()
                ? matching.size()
                : matching.indexOf(page.keys().get(0));
        List<ApiKey> newer =
                page.previous().map(start -> list(start, limit).keys()).orElse(List.of());
        List<ApiKey> older = page.next().map(start -> list(start, limit).keys()).orElse(List.of());
        if (page.keys().isEmpty()) {
            assertThat(newer.size() + older.size())
                    .as("a way back from nowhere")
                    .isEqualTo(limit(matching, limit));
            return;
        }
        int to = from + page.keys().size();
        assertThat(page.keys()).isEqualTo(matching.subList(from, to));
        assertThat(newer).as("newer than %s", page).isEqualTo(matching.subList(Math.max(0, from - limit), from));
        assertThat(older)
                .as("older than %s", page)
                .isEqualTo(matching.subList(to, Math.min(matching.size(), to + limit)));
        assertThat(page.previous().isPresent()).isEqualTo(from > 0);
        assertThat(page.next().isPresent()).isEqualTo(to < matching.size());
        assertThat(page.total()).isEqualTo(matching.size());
    }

    private static int limit(List<ApiKey> matching, int limit) {
        return Math.min(limit, matching.size());
    }

    @Test
    void theFilterChoosesByStatusAndTheTotalCountsWhatItChooses() {
        List<ApiKey> keys = given(5);
        ApiKey dead = administration().delete(host, keys.get(1).id(), Precondition.none());
        ApiKey off = administration().deactivate(host, keys.get(3).id(), Precondition.none());

        KeyPage inactive = administration().list(host, new PageRequest(KeyStatus.INACTIVE, 1, NEWEST));

        assertThat(inactive.keys()).containsExactly(dead);
        assertThat(inactive.total()).isEqualTo(2);
        assertThat(administration()
                        .list(
                                host,
                                new PageRequest(
                                        KeyStatus.INACTIVE, 1, inactive.next().orElseThrow()))
                        .keys())
                .containsExactly(off);
        assertThat(list(NEWEST, 10).keys()).containsExactly(keys.get(0), keys.get(2), keys.get(4));
        assertThat(list(NEWEST, 10).total()).isEqualTo(3);
    }

    @Test
    void anExpiredKeyKeepsItsStatus() {
        ApiKey key = administration()
                .create(
                        host,
                        Samples.draft().withExpiry(Expiry.at(time.instant().plusMillis(1))))
                .key();
        time.advance(Duration.ofHours(1));

        assertThat(list(NEWEST, 10).keys()).containsExactly(key);
    }
}
