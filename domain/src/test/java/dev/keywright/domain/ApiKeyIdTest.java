package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 8, the id of a key. */
class ApiKeyIdTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
    private static final long MILLI = NOW.toEpochMilli();

    @Test
    void theEndsOfTheOrderAreTheLeastAndTheGreatestValue() {
        assertThat(ApiKeyId.OLDEST).hasToString("key_" + "0".repeat(26));
        assertThat(ApiKeyId.NEWEST).hasToString("key_7" + "z".repeat(25));
        assertThat(ApiKeyId.OLDEST.previous()).isEqualTo(ApiKeyId.OLDEST);
        assertThat(ApiKeyId.NEWEST.next()).isEqualTo(ApiKeyId.NEWEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key_",
                "key_0000000000000000000000000",
                "key_000000000000000000000000000",
                "key_80000000000000000000000000",
                "key_zzzzzzzzzzzzzzzzzzzzzzzzzz",
                "KEY_00000000000000000000000000",
                "key_0000000000000000000000000A",
                "key_0000000000000000000000000i",
                "key_0000000000000000000000000l",
                "key_0000000000000000000000000o",
                "key_0000000000000000000000000u",
                "key_0000000000000000000000000-",
                "key_0000000000000000000000000\n",
                "key_00000000000000000000000000\n",
                " key_0000000000000000000000000",
                "key-00000000000000000000000000",
                "00000000000000000000000000",
                "key_0000000000000000000000000\u0663",
                "key_0000000000000000000000000\uff11",
                "0195a2b4-0000-7000-8000-000000000000"
            })
    void everyOtherTextIsNoId(String text) {
        // no case folding, no trimming, no look-alikes
        assertThatThrownBy(() -> ApiKeyId.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void twoIdsOfOneMillisecondAscend() {
        SeededRandom random = new SeededRandom(1);
        ApiKeyId first = ApiKeyId.next(NOW, Optional.empty(), random);

        ApiKeyId second = ApiKeyId.next(NOW, Optional.of(first), random);

        assertThat(second).isGreaterThan(first);
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
    }

    @Test
    void aClockThatStepsBackMakesGreaterIdsOfTheTimeReached() {
        //
        SeededRandom random = new SeededRandom(2);
        ApiKeyId first = ApiKeyId.next(NOW, Optional.empty(), random);

        ApiKeyId second = ApiKeyId.next(NOW.minusSeconds(3600), Optional.of(first), random);

        assertThat(second).isGreaterThan(first);
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
    }

    @Test
    void theLowBitsCarryOverIntoTheHighOnes() {
        ApiKeyId full = new ApiKeyId(MILLI << 16 | 0x7abc, -1L >>> 2 | 1L << 63);

        ApiKeyId next = ApiKeyId.next(NOW, Optional.of(full), new SeededRandom(3));

        assertThat(next.high()).isEqualTo(MILLI << 16 | 0x7abd);
        assertThat(next.low() >>> 62).isEqualTo(0b10);
    }

    @Test
    void aMillisecondThatIsUsedUpCarriesOverIntoTheNext() {
        ApiKeyId full = new ApiKeyId(MILLI << 16 | 0x7fff, -1L >>> 2 | 1L << 63);

        ApiKeyId next = ApiKeyId.next(NOW, Optional.of(full), new SeededRandom(4));

        assertThat(next).isGreaterThan(full);
        assertThat(next.createdAt()).isEqualTo(Instant.ofEpochMilli(MILLI + 1));
    }

    @Test
    void twoWritersThatSawTheSameNewestIdHardlyCollide() {
        SeededRandom random = new SeededRandom(5);
        ApiKeyId newest = ApiKeyId.next(NOW, Optional.empty(), random);
        TreeSet<ApiKeyId> made = new TreeSet<>();

        for (int writer = 0; writer < 1000; writer++) {
            made.add(ApiKeyId.next(NOW.minusSeconds(1), Optional.of(newest), random));
        }

        assertThat(made).hasSize(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999Z", "+10889-08-02T05:31:50.656Z"})
    void aClockFarOffMakesNoIdThatWouldSpoilTheOrderForEver(String now) {
        assertThatThrownBy(() -> ApiKeyId.next(Instant.parse(now), Optional.empty(), new SeededRandom(6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1970");
    }
}
