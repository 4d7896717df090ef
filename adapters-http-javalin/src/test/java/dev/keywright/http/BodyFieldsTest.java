package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyFieldsTest {
    private static Problem refusal(byte[] body) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> {
            Faults faults = new Faults();
            BodyFields fields = BodyFields.of(body, faults);
            fields.text("userId");
            fields.textNotNull("apiVersion");
            fields.texts("whitelistedIPs");
            fields.refuseOthers(Set.of("id", "status"));
            faults.throwIfAny(fields.names());
        });
        assertThat(refused).isNotNull();
        return refused.problem();
    }

    private static Problem refusal(String body) {
        return refusal(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textsAndListsOfTextsAreTakenAsTheyAre() {
        Faults faults = new Faults();
        BodyFields body = BodyFields.of(
                "{\"a\":\" x\\u0000\",\"b\":[\"\",\"y\"],\"c\":null}".getBytes(StandardCharsets.UTF_8), faults);

        assertThat(body.text("a")).isEqualTo(" x\u0000");
        assertThat(body.texts("b")).containsExactly("", "y");
        assertThat(body.text("c")).isNull();
        assertThat(body.text("d")).isNull();
        assertThat(body.names()).containsExactly("a", "b", "c");
        faults.throwIfAny(List.of());
    }

    @Test
    void everyFaultIsReportedInTheOrderOfTheDocument() {
        Problem problem = refusal("{\"foo\":1,\"whitelistedIPs\":[\"a\",2,null,[],{}],\"usrId\":\"x\",\"id\":\"y\","
                + "\"userId\":true,\"apiVersion\":null}");

        assertThat(problem.type()).isEqualTo(ProblemType.VALIDATION);
        assertThat(problem.faults())
                .containsExactly(
                        Fault.at("/foo", "is no field; known are userId, apiVersion, whitelistedIPs"),
                        Fault.at("/whitelistedIPs/1", "must be a string, not a number"),
                        Fault.at("/whitelistedIPs/2", "must be a string, not null"),
                        Fault.at("/whitelistedIPs/3", "must be a string, not an array"),
                        Fault.at("/whitelistedIPs/4", "must be a string, not an object"),
                        Fault.at("/usrId", "is no field; did you mean userId?"),
                        Fault.at("/id", "is read-only in this request"),
                        Fault.at("/userId", "must be a string, not a boolean"),
                        Fault.at("/apiVersion", "must be a string, not null"));
    }

    @Test
    void aMemberThatStandsTwiceIsAFaultWhateverItsValues() {
        assertThat(refusal("{\"userId\":\"a\",\"userId\":\"a\",\"x\":[{\"y\":1,\"y\":2}]}")
                        .faults())
                .extracting(Fault::name)
                .containsExactly("/userId", "/x/0/y", "/x");
    }

    @Test
    void namesAreEscapedInPointers() {
        assertThat(refusal("{\"a/b~c\":1,\"\":2}").faults())
                .extracting(Fault::name)
                .containsExactly("/a~1b~0c", "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"x\"", "1", "true", " [ ] "})
    void aBodyThatIsNoObjectIsAFaultOfTheWholeBody(String body) {
        assertThat(refusal(body).faults()).extracting(Fault::name).containsExactly("");
    }

    @Test
    void veryManyFaultsAreCountedAndNotAllListed() {
        StringBuilder body = new StringBuilder("{\"a\":1");
        for (int at = 1; at < 5_000; at++) {
            body.append(",\"a").append(at).append("\":1");
        }

        Problem problem = refusal(body.append('}').toString());

        assertThat(problem.detail()).startsWith("The request has 5000 faults");
        assertThat(problem.faults()).hasSize(200);
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("blanks", " \n"),
                Arguments.of("two values", "{} {}"),
                Arguments.of("something after the value", "{}x"),
                Arguments.of("an open object", "{\"a\":1"),
                Arguments.of("a comment", "{/* */}"),
                Arguments.of("single quotes", "{'a':1}"),
                Arguments.of("no quotes", "{a:1}"),
                Arguments.of("a comma too many", "{\"a\":1,}"),
                Arguments.of("NaN", "{\"a\":NaN}"),
                Arguments.of("a leading zero", "{\"a\":01}"),
                Arguments.of("a control character", "{\"a\":\"\n\"}"),
                Arguments.of("a byte order mark", "\ufeff{}"),
                Arguments.of("eleven levels", "[".repeat(11) + "]".repeat(11)),
                Arguments.of("very many levels", "[".repeat(60_000)),
                Arguments.of("a long number", "{\"a\":" + "1".repeat(21) + "}"),
                Arguments.of("a long name", "{\"" + "a".repeat(1_001) + "\":1}"));
    }

    @Tag("R-38")
    @Tag("R-39")
    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void whatIsNoSingleBoundedJsonTextIsMalformed(String about, String body) {
        assertThat(refusal(body).type()).as(about).isEqualTo(ProblemType.MALFORMED_REQUEST);
    }

    @Tag("R-38")
    @Test
    void tenLevelsAreRead() {
        String nested = "{\"userId\":" + "[".repeat(9) + "]".repeat(9) + "}";

        assertThat(refusal(nested).type()).isEqualTo(ProblemType.VALIDATION);
    }

    static Stream<byte[]> wronglyEncoded() {
        return Stream.of(
                "{\"userId\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1),
                "{\"userId\":\"é\"}".getBytes(StandardCharsets.UTF_16),
                new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', ':', '1', '}'},
                new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'});
    }

    @Tag("R-38")
    @ParameterizedTest
    @MethodSource("wronglyEncoded")
    void onlyWellFormedUtf8IsRead(byte[] body) {
        assertThat(refusal(body).type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
    }

    @Tag("R-38")
    @Test
    void aNumberIsNeverEvaluated() {
        assertThat(refusal("{\"userId\":1e1000000000}").faults())
                .containsExactly(Fault.at("/userId", "must be a string, not a number"));
    }
}
