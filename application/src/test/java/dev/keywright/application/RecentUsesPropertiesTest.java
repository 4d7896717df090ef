package dev.keywright.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKeyId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Against a map that forgets nothing. */
class RecentUsesPropertiesTest {

    private static final long START = 1_750_000_000_000L;
    private static final long INTERVAL = 1_000;

    /**
     * @param key which key is used
     * @param step how much later than the use before
     */
    record Use(int key, long step) {}

    @Property
    void whatIsRecentWasUsedLessThanAnIntervalBefore(@ForAll("uses") List<Use> all) {
        RecentUses recent = new RecentUses(INTERVAL, 1);
        Map<Integer, Long> noted = new HashMap<>();
        long now = START;
        for (Use use : all) {
            now += use.step();
            ApiKeyId id = new ApiKeyId(7, use.key() + 1);
            boolean isRecent = recent.has(id, now);
            Long last = noted.get(use.key());
            if (isRecent) {
                assertThat(last).isNotNull().isGreaterThan(now - INTERVAL).isLessThan(now + INTERVAL);
            } else {
                recent.put(id, now);
                noted.put(use.key(), now);
            }
        }
    }

    @Property
    void fewKeysAreNotForgottenWhileTimeGoesOn(@ForAll("uses") List<Use> all) {
        RecentUses recent = new RecentUses(INTERVAL, 1);
        Map<Integer, Long> noted = new HashMap<>();
        long now = START;
        for (Use use : all) {
            now += Math.abs(use.step());
            int key = use.key() % 7;
            ApiKeyId id = new ApiKeyId(7, key + 1);
            if (noted.getOrDefault(key, 0L) > now - INTERVAL * 7 / 8) {
                assertThat(recent.has(id, now)).isTrue();
            } else if (!recent.has(id, now)) {
                recent.put(id, now);
                noted.put(key, now);
            }
        }
    }

    /** Mostly close together; now and then after a pause of any length, or with the clock set back. */
    @Provide
    Arbitrary<List<Use>> uses() {
        Arbitrary<Long> steps = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.longs().between(0, INTERVAL)),
                Tuple.of(3, Arbitraries.longs().between(0, 10 * INTERVAL)),
                Tuple.of(2, Arbitraries.longs().between(0, 4_096 * INTERVAL)),
                Tuple.of(1, Arbitraries.longs().between(-1_000 * INTERVAL, 0)));
        return Combinators.combine(Arbitraries.integers().between(0, 11), steps)
                .as(Use::new)
                .list()
                .ofMaxSize(200);
    }
}
