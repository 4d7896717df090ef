package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keywright.application.PageRequest;
import dev.keywright.application.PageRequest.Start;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.KeyStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListQueryTest {
    private static final String ID = "key_01kjpx8nh0ek99yejwftdjtkv0";

    private static List<Fault> faults(String query) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> ListQuery.parse(query));
        assertThat(refused).as(query).isNotNull();
        assertThat(refused.problem().type()).isEqualTo(ProblemType.VALIDATION);
        return refused.problem().faults();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "&", "&&", "status=active", "limit=25&", "offset=0&limit=%32%35"})
    void whatIsNotAskedForHasItsDefault(@Nullable String query) {
        assertThat(ListQuery.parse(query)).isEqualTo(PageRequest.first());
    }

    @Test
    void everythingThatCanBeAskedForIsUnderstood() {
        assertThat(ListQuery.parse("status=inactive&limit=100&offset=7"))
                .isEqualTo(new PageRequest(KeyStatus.INACTIVE, 100, new Start.Offset(7)));
        assertThat(ListQuery.parse("limit=1&startingAfter=" + ID))
                .isEqualTo(new PageRequest(KeyStatus.ACTIVE, 1, new Start.After(ApiKeyId.parse(ID))));
        assertThat(ListQuery.parse("endingBefore=" + ID))
                .isEqualTo(new PageRequest(KeyStatus.ACTIVE, 25, new Start.Before(ApiKeyId.parse(ID))));
    }

    @Tag("R-42")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=abc",
                "limit=",
                "limit",
                "limit=-1",
                "limit=%2B1",
                "limit=+1",
                "limit=1+",
                "limit=1.0",
                "limit=1e1",
                "limit=0x1",
                "limit=%D9%A3",
                "limit=%EF%BC%91%EF%BC%90",
                "limit=99999999999999999999999",
                "limit=18446744073709551617",
                "limit=1%00",
                "offset=-1",
                "offset=",
                "offset=%D9%A3",
                "offset=9223372036854775808",
                "status=",
                "status=ACTIVE",
                "status=deleted",
                "startingAfter=",
                "startingAfter=x",
                "startingAfter=KEY_01kjpx8nh0ek99yejwftdjtkv0",
                "startingAfter=key_01kjpx8nh0ek99yejwftdjtkv0%20",
                "endingBefore=key_81kjpx8nh0ek99yejwftdjtkv0"
            })
    void aValueThatCannotBeIsAFaultOfItsParameter(String query) {
        assertThat(faults(query)).singleElement().satisfies(fault -> {
            assertThat(fault.place()).isEqualTo(Fault.Place.PARAMETER);
            assertThat(fault.name()).isEqualTo(query.split("=")[0]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=%zz", "limit=%", "limit=%1", "limit=1%2", "limit=%ff", "limit=%C0%AF", "limit=%+1"})
    void brokenPercentEncodingIsAFaultAndNotDropped(String query) {
        assertThat(faults(query)).singleElement().satisfies(fault -> {
            assertThat(fault.name()).isEqualTo("limit");
            assertThat(fault.detail()).contains("not well-formed");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "%zz=1, (unreadable)",
        "%=1, (unreadable)",
        "limit%zz=1, limit",
        "abcdefghijklmnopqrstuvwxyz%zz, abcdefghijklmnopqrstuvwx",
        "kw%5F0123456789abcdefghjk%5F0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZab%zz=1, kw",
        "0123456789abcdefghijk%5F0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZab%ff=1, 0123456789abcdefghijk"
    })
    void aNameThatCannotBeDecodedIsRepeatedUpToItsFirstPercentSign(String query, String name) {
        assertThat(faults(query)).extracting(Fault::name).containsExactly(name);
    }

    @Tag("R-45")
    @ParameterizedTest
    @ValueSource(strings = {"limit=1&limit=1", "limit=1&status=active&limit=2", "status=active&st%61tus=active"})
    void aRepeatedParameterIsAFault(String query) {
        assertThat(faults(query)).extracting(Fault::detail).containsExactly("stands more than once");
    }

    @ParameterizedTest
    @CsvSource({"limits=1,limit", "Limit=1,limit", "startAfter=x,startingAfter", "ofset=1,offset"})
    void anUnknownParameterIsAFaultThatNamesTheNearestKnownOne(String query, String nearest) {
        assertThat(faults(query))
                .extracting(Fault::detail)
                .containsExactly("is no parameter; did you mean " + nearest + "?");
    }

    @Test
    void bothCursorsAreAFaultThatSaysWhichToDrop() {
        assertThat(faults("startingAfter=" + ID + "&endingBefore=" + ID))
                .containsExactly(
                        Fault.parameter("endingBefore", "cannot be used with startingAfter; drop endingBefore"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"startingAfter", "endingBefore"})
    void aCursorWithAnOffsetIsAFaultThatSaysToDropTheOffset(String cursor) {
        assertThat(faults(cursor + "=" + ID + "&offset=0"))
                .containsExactly(Fault.parameter("offset", "cannot be used with " + cursor + "; drop offset"));
    }

    @Test
    void everyFaultIsReportedAtOnce() {
        assertThat(faults("foo=1&limit=999&status=x&offset=x&startingAfter=y&endingBefore=z"))
                .extracting(Fault::name)
                .containsExactlyInAnyOrder("foo", "limit", "status", "offset", "startingAfter", "endingBefore");
    }
}
