package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Contract section 4: {@code ^\d{4}-\d{2}-\d{2}$} and a real calendar date. */
class ApiVersionPropertiesTest {

    private static final DateTimeFormatter STRICT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    @Property
    void whatIsPrintedReadsBack(@ForAll("dates") LocalDate date) {
        ApiVersion version = new ApiVersion(date);

        assertThat(version.toString()).matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
        assertThat(ApiVersion.parse(version.toString())).isEqualTo(version);
    }

    @Property
    void versionsAreOrderedLikeTheirTexts(@ForAll("dates") LocalDate one, @ForAll("dates") LocalDate other) {
        ApiVersion first = new ApiVersion(one);
        ApiVersion second = new ApiVersion(other);

        int order = Integer.signum(first.compareTo(second));

        assertThat(order).isEqualTo(Integer.signum(first.toString().compareTo(second.toString())));
        assertThat(first.isAfter(second)).isEqualTo(order > 0);
    }

    @Property
    void justTheDaysOfTheCalendarAreRead(
            @ForAll("numbers") int year, @ForAll("numbers") int month, @ForAll("numbers") int day) {
        String text = String.format("%04d-%02d-%02d", year, month % 15, day % 34);

        assertThat(isRead(text)).as(text).isEqualTo(isDay(text));
    }

    @Property
    void aTextIsRefusedOrTheOnlySpellingOfItsVersion(@ForAll("nearlyVersions") String text) {
        if (isRead(text)) {
            assertThat(ApiVersion.parse(text)).hasToString(text);
            assertThat(isDay(text)).isTrue();
        }
    }

    @Provide
    Arbitrary<LocalDate> dates() {
        return Arbitraries.longs()
                .between(
                        LocalDate.of(0, 1, 1).toEpochDay(),
                        LocalDate.of(9999, 12, 31).toEpochDay())
                .map(LocalDate::ofEpochDay);
    }

    @Provide
    Arbitrary<Integer> numbers() {
        return Arbitraries.integers().between(0, 9999);
    }

    @Provide
    Arbitrary<String> nearlyVersions() {
        Arbitrary<Character> chars =
                Arbitraries.of('0', '1', '2', '3', '9', '-', '/', '+', ' ', '\n', '\u0663', '\uff12');
        return Combinators.combine(dates(), Arbitraries.integers().between(0, 9), chars)
                .as((date, at, c) ->
                        date.toString().substring(0, at) + c + date.toString().substring(at + 1));
    }

    private static boolean isRead(String text) {
        try {
            ApiVersion.parse(text);
            return true;
        } catch (InvalidValueException refused) {
            return false;
        }
    }

    private static boolean isDay(String text) {
        try {
            LocalDate.parse(text, STRICT);
            return true;
        } catch (DateTimeParseException refused) {
            return false;
        }
    }
}
