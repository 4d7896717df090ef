package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.keywright.application.Precondition;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {
    private static Precondition parsed(String... values) {
        Faults faults = new Faults();
        Precondition precondition = IfMatch.parse(List.of(values), faults);
        assertThatCode(() -> faults.throwIfAny(List.of())).doesNotThrowAnyException();
        return precondition;
    }

    @Test
    void withoutTheHeaderAnyRevisionWillDo() {
        assertThat(parsed()).isEqualTo(Precondition.none());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", " * "})
    void aStarIsAnyRevision(String value) {
        assertThat(parsed(value)).isEqualTo(Precondition.none());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", " \"3\"\t", "\"3\",\"3\"", "\"x\", \"3\" ,\"\"", "W/\"7\", \"3\", \"a,b\""})
    void strongTagsOfRevisionsCount(String value) {
        assertThat(parsed(value)).isEqualTo(Precondition.revisionIn(Set.of(3L)));
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(parsed("\"1\"", "\"2\"")).isEqualTo(Precondition.revisionIn(Set.of(1L, 2L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"3\"", "\"03\"", "\"\"", "\"+3\"", "\"99999999999999999999\"", "\"٣\""})
    void tagsThatAreNoneOfOursNeverMatch(String value) {
        assertThat(parsed(value.replace("٣", "\u00b3"))).isEqualTo(Precondition.revisionIn(Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "\"3",
                "3\"",
                "\"1\" \"2\"",
                "\"1\",",
                ",\"1\"",
                "*, \"1\"",
                "w/\"1\"",
                "\"1\";",
                "\"a b\""
            })
    void whatIsNoListOfTagsIsAFaultOfTheHeader(String value) {
        Faults faults = new Faults();

        IfMatch.parse(List.of(value), faults);

        assertThatThrownBy(() -> faults.throwIfAny(List.of()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().faults())
                                .extracting(Fault::place, Fault::name)
                                .containsExactly(tuple(Fault.Place.HEADER, "If-Match")));
    }

    @Test
    void aListAsLongAsAHeaderCanBeIsRead() {
        assertThat(parsed("\"1\",".repeat(4_000) + "\"2\"")).isEqualTo(Precondition.revisionIn(Set.of(1L, 2L)));
    }
}
