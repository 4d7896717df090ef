package dev.keywright.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecentUsesTest {

    private static final long NOW = Instant.parse("2026-05-22T10:15:30.123Z").toEpochMilli();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final ApiKeyId KEY = new ApiKeyId(0x0196_f7a1_2b3c_7001L, 0x8000_0000_0000_0001L);
    private static final ApiKeyId OTHER = new ApiKeyId(0x0196_f7a1_2b3c_7001L, 0x8000_0000_0000_0002L);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, 8, 15, 16, 1_000, 60_000, 86_400_000})
    void aUseIsRecentForAnIntervalAtMostAndForMostOfIt(long interval) {
        for (long start = NOW; start < NOW + 2 * interval; start += Math.max(1, interval / 50)) {
            RecentUses uses = new RecentUses(interval, 1);
            assertThat(uses.has(KEY, start)).isFalse();

            uses.put(KEY, start);

            assertThat(uses.has(KEY, start)).isTrue();
            assertThat(uses.has(KEY, start + interval / 8 * 6)).isTrue();
            assertThat(uses.has(KEY, start + interval)).isFalse();
            assertThat(uses.has(OTHER, start)).isFalse();
        }
    }

    @Test
    void withoutAnIntervalNothingIsRecent() {
        RecentUses uses = new RecentUses(0, 1);

        uses.put(KEY, NOW);

        assertThat(uses.has(KEY, NOW)).isFalse();
    }

    /** What is told of a time comes round again; a use of long ago must not pass for one of now. */
    @Test
    void noTimeOfTheFutureBringsAUseBack() {
        RecentUses alone = new RecentUses(MINUTE, 1);
        alone.put(KEY, NOW);
        RecentUses amongOthers = new RecentUses(MINUTE, 1);
        amongOthers.put(KEY, NOW);

        for (long later = NOW + MINUTE; later < NOW + Duration.ofDays(3).toMillis(); later += 1_500) {
            assertThat(alone.has(KEY, later)).isFalse();
            if ((later - NOW) % 600_000 == 0 && !amongOthers.has(OTHER, later)) {
                amongOthers.put(OTHER, later);
            }
            assertThat(amongOthers.has(KEY, later)).isFalse();
        }
    }

    @Test
    void aClockThatStepsBackForgets() {
        RecentUses uses = new RecentUses(MINUTE, 1);
        uses.put(KEY, NOW);

        for (Duration back : List.of(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofDays(400))) {
            long then = NOW - back.toMillis();
            assertThat(uses.has(KEY, then)).isFalse();
            uses.put(KEY, then);
            assertThat(uses.has(KEY, then)).isTrue();
        }
        assertThat(uses.has(KEY, NOW)).isFalse();
    }

    @Test
    void whoeverIsRememberedStaysSoWhenThereIsNoPlaceForMore() {
        RecentUses uses = new RecentUses(MINUTE, 1);
        List<ApiKeyId> keys = ids(1).limit(50).toList();

        keys.forEach(key -> uses.put(key, NOW));

        assertThat(keys.stream().filter(key -> uses.has(key, NOW))).containsExactlyElementsOf(keys.subList(0, 7));
        uses.put(keys.get(49), NOW + MINUTE);
        assertThat(uses.has(keys.get(49), NOW + MINUTE)).isTrue();
    }

    @Test
    void asManyAsAreExpectedAreNearlyAllRemembered() {
        RecentUses uses = new RecentUses(MINUTE, 65_536);
        List<ApiKeyId> keys = ids(1).limit(65_536).toList();

        keys.forEach(key -> uses.put(key, NOW));

        assertThat(keys.stream().filter(key -> uses.has(key, NOW)).count()).isGreaterThan(65_536 * 95 / 100);
        assertThat(ids(2).limit(100_000).filter(key -> uses.has(key, NOW)).count())
                .as("taken for another")
                .isLessThan(10);
    }

    /** Ids of the same millisecond, each a little greater than the one before. */
    @Test
    void idsThatFollowEachOtherAreToldApart() {
        RecentUses uses = new RecentUses(MINUTE, 1_000);
        ApiKeyId id = KEY;

        for (int made = 0; made < 1_000; made++) {
            assertThat(uses.has(id, NOW)).isFalse();
            uses.put(id, NOW);
            id = id.next();
        }
    }

    /** As random as can be, and the same ones every time. */
    private static Stream<ApiKeyId> ids(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Stream.generate(() -> new ApiKeyId(random.nextLong(), random.nextLong()));
    }
}
