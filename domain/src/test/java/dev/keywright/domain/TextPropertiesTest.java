package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Contract sections 3 and 4: descriptions, and the names of users and companies.. */
class TextPropertiesTest {

    @Property
    void aDescriptionIsRightOrRefused(@ForAll("texts") String text) {
        boolean right = isStorable(text) && isLength(text, 200);

        assertThat(isAccepted(text, Description::new)).as(text).isEqualTo(right);
    }

    @Property
    void aNameIsRightOrRefused(@ForAll("texts") String text) {
        boolean right = isStorable(text) && isLength(text, 255) && !text.isBlank() && !isOnlySpace(text);

        assertThat(isAccepted(text, UserId::new)).as(text).isEqualTo(right);
        assertThat(isAccepted(text, CompanyId::new)).as(text).isEqualTo(right);
    }

    @Property
    void anAcceptedTextIsKeptToTheLetter(@ForAll("texts") String text) {
        if (isAccepted(text, Description::new)) {
            assertThat(new Description(text).value()).isEqualTo(text);
            assertThat(new Description(text)).hasToString(text);
        }
    }

    @Property
    void aNulIsRefusedWhereverItStands(@ForAll("short") String before, @ForAll("short") String after) {
        assertThatThrownBy(() -> new Description(before + "\u0000" + after))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("A description must not contain the character NUL");
    }

    @Property
    void halfOfASurrogatePairIsRefusedWhereverItStands(
            @ForAll("short") String before, @ForAll("surrogates") char half, @ForAll("short") String after) {
        assertThatThrownBy(() -> new Description(before + half + after))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("well-formed Unicode");
    }

    private static boolean isAccepted(String text, Function<String, Object> type) {
        try {
            type.apply(text);
            return true;
        } catch (InvalidValueException refused) {
            return false;
        }
    }

    /** As the encoder of UTF-8 sees it. */
    private static boolean isStorable(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return text.indexOf('\u0000') < 0;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static boolean isLength(String text, int most) {
        return !text.isEmpty() && text.codePointCount(0, text.length()) <= most;
    }

    private static boolean isOnlySpace(String text) {
        return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    /** Around the limits, in one or two UTF-16 units a character, here and there with something that is wrong. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> filler = Arbitraries.of("a", "é", "\u0301", "中", "🔑", " ", "\u00a0", "\n");
        Arbitrary<Integer> lengths = Arbitraries.of(0, 1, 2, 99, 100, 101, 127, 128, 199, 200, 201, 254, 255, 256, 400);
        Arbitrary<String> odd = Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.just("")),
                Tuple.of(1, Arbitraries.of("\u0000", "\ud83d", "\udd11", "x", "\ufeff", "\u202e")));
        return Combinators.combine(filler, lengths, odd).as((c, length, extra) -> c.repeat(length) + extra);
    }

    /** Such that no half of a pair finds its other half in it. */
    @Provide("short")
    Arbitrary<String> shortTexts() {
        return Arbitraries.of("", "a", "🔑", "a🔑é", "\n");
    }

    @Provide
    Arbitrary<Character> surrogates() {
        return Arbitraries.chars().range('\ud800', '\udfff');
    }
}
