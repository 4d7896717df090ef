package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Contract section 8: {@code key_} and 26 Crockford characters in UUIDv7 layout, id order is creation order. */
class ApiKeyIdPropertiesTest {

    private static final BigInteger HIGHEST = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    private static final long LAST_MILLI = (1L << 48) - 1;

    @Property
    void whatIsPrintedReadsBack(@ForAll long high, @ForAll long low) {
        ApiKeyId id = new ApiKeyId(high, low);

        assertThat(id.toString()).matches("key_[0-7][0-9a-hjkmnp-tv-z]{25}");
        assertThat(ApiKeyId.parse(id.toString())).isEqualTo(id);
    }

    @Property
    void theTextIsTheValueInBase32(@ForAll long high, @ForAll long low) {
        BigInteger read = BigInteger.ZERO;
        for (char digit : new ApiKeyId(high, low).toString().substring(4).toCharArray()) {
            read = read.shiftLeft(5).add(BigInteger.valueOf("0123456789abcdefghjkmnpqrstvwxyz".indexOf(digit)));
        }

        assertThat(read).isEqualTo(value(new ApiKeyId(high, low)));
    }

    @Property
    void aTextIsRefusedOrTheOnlySpellingOfItsId(@ForAll("nearlyIds") String text) {
        try {
            assertThat(ApiKeyId.parse(text)).hasToString(text);
        } catch (InvalidValueException refused) {
            assertThat(text).doesNotMatch("key_[0-7][0-9a-hjkmnp-tv-z]{25}");
        }
    }

    @Property
    void idsAreOrderedLikeTheirTexts(@ForAll("ids") ApiKeyId one, @ForAll("ids") ApiKeyId other) {
        int order = Integer.signum(one.compareTo(other));

        assertThat(order).isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
        assertThat(order).isEqualTo(value(one).compareTo(value(other)));
        assertThat(order == 0).isEqualTo(one.equals(other));
    }

    @Property
    void theNeighboursOfAPositionAreOneAway(@ForAll("ids") ApiKeyId id) {
        assertThat(value(id.next())).isEqualTo(value(id).add(BigInteger.ONE).min(HIGHEST));
        assertThat(value(id.previous()))
                .isEqualTo(value(id).subtract(BigInteger.ONE).max(BigInteger.ZERO));
    }

    @Property
    void aFirstIdCarriesTheMillisecondOfItsCreation(@ForAll("times") Instant now, @ForAll("seeds") long seed) {
        ApiKeyId id = ApiKeyId.next(now, Optional.empty(), new SeededRandom(seed));

        assertThat(id.createdAt()).isEqualTo(UtcMillis.of(now));
        assertUuidVersion7(id);
    }

    @Property
    void theNextIdIsGreaterThanWhateverIsTaken(
            @ForAll("times") Instant now, @ForAll("ids") ApiKeyId newest, @ForAll("seeds") long seed) {
        ApiKeyId id = ApiKeyId.next(now, Optional.of(newest), new SeededRandom(seed));

        Instant later = UtcMillis.of(now).isAfter(newest.createdAt()) ? UtcMillis.of(now) : newest.createdAt();
        assertThat(id).isGreaterThan(newest);
        assertThat(id.createdAt()).isBetween(later, later.plusMillis(1));
        assertUuidVersion7(id);
    }

    @Property(tries = 200)
    void keysMadeOneAfterTheOtherAscendWhateverTheClockDoes(
            @ForAll("clockSteps") List<Integer> clockSteps, @ForAll("seeds") long seed) {
        SeededRandom random = new SeededRandom(seed);
        Instant now = Instant.parse("2026-03-01T12:00:00.500Z");
        Optional<ApiKeyId> newest = Optional.empty();

        for (int step : clockSteps) {
            now = now.plusMillis(step);
            ApiKeyId id = ApiKeyId.next(now, newest, random);
            assertThat(newest.map(id::compareTo).orElse(1)).isPositive();
            newest = Optional.of(id);
        }
    }

    @Provide
    Arbitrary<List<Integer>> clockSteps() {
        return Arbitraries.of(0, 0, 0, 1, 1, -1, 1000, -1000, -3_600_000).list().ofMaxSize(200);
    }

    /** Of all 128-bit values, and of those that creation makes; not of the very last millisecond, which has no successor. */
    @Provide
    Arbitrary<ApiKeyId> ids() {
        Arbitrary<ApiKeyId> any = Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as(ApiKeyId::new)
                .filter(id -> id.high() >>> 16 < LAST_MILLI);
        Arbitrary<ApiKeyId> made = Combinators.combine(
                        Arbitraries.longs().between(0, LAST_MILLI - 1),
                        Arbitraries.longs().between(0, 0xfff),
                        Arbitraries.longs().between(0, (1L << 62) - 1))
                .as((milli, high, low) -> new ApiKeyId(milli << 16 | 0x7000 | high, 1L << 63 | low));
        return Arbitraries.oneOf(any, made);
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().withoutEdgeCases();
    }

    @Provide
    Arbitrary<Instant> times() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, LAST_MILLI - 1),
                        Arbitraries.integers().between(0, 999_999))
                .as((milli, nanos) -> Instant.ofEpochMilli(milli).plusNanos(nanos));
    }

    @Provide
    Arbitrary<String> nearlyIds() {
        Arbitrary<Character> digits =
                Arbitraries.of("0123456789abcdefghijklmnopqrstuvwxyzABIKLOUZ-_ \n\u00e9\u0663\uff10"
                        .chars()
                        .mapToObj(c -> (char) c)
                        .toList());
        Arbitrary<String> prefix = Arbitraries.frequency(
                        Tuple.of(8, "key_"), Tuple.of(1, "KEY_"), Tuple.of(1, "key-"), Tuple.of(1, ""))
                .map(text -> text);
        Arbitrary<String> valid = ids().map(id -> id.toString().substring(4));
        Arbitrary<String> damaged = Combinators.combine(
                        valid, Arbitraries.integers().between(0, 25), digits)
                .as((text, at, c) -> text.substring(0, at) + c + text.substring(at + 1));
        Arbitrary<String> random = digits.list().ofMinSize(24).ofMaxSize(28).map(chars -> {
            StringBuilder text = new StringBuilder();
            chars.forEach(text::append);
            return text.toString();
        });
        return Combinators.combine(prefix, Arbitraries.oneOf(valid, damaged, random))
                .as(String::concat);
    }

    private static void assertUuidVersion7(ApiKeyId id) {
        UUID uuid = new UUID(id.high(), id.low());
        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    private static BigInteger value(ApiKeyId id) {
        return new BigInteger(Long.toUnsignedString(id.high()))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(id.low())));
    }
}
