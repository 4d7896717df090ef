package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract sections 3 and 4: descriptions, and the names of users and companies. */
class TextTest {

    private static final String KEY = "🔑";
    private static final List<Function<String, Object>> NAMES = List.of(UserId::new, CompanyId::new, Actor::new);

    @Test
    void aDescriptionHasUpTo200CharactersHoweverManyUnitsTheyTake() {
        //
        assertThat(new Description(KEY.repeat(200)).value()).hasSize(400);
        assertThatThrownBy(() -> new Description(KEY.repeat(201)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("A description must have at most 200 characters, not 201");
    }

    @Test
    void anEmptyDescriptionIsAnError() {
        assertThatThrownBy(() -> new Description(""))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("A description must not be empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", " a ", "\t\r\n", "e\u0301", "\u00e9", "ﬁ", "\u202eevil", "\u0001", "\ufeff", "'; drop table"
            })
    void aDescriptionIsNotTrimmedAndNotNormalised(String text) {
        assertThat(new Description(text).value()).isEqualTo(text);
    }

    @Test
    void aNameHasUpTo255Characters() {
        assertThat(new UserId(KEY.repeat(255)).value()).hasSize(510);
        assertThat(new CompanyId(KEY.repeat(255)).value()).hasSize(510);
        assertThatThrownBy(() -> new UserId(KEY.repeat(256)))
                .hasMessage("A user id must have at most 255 characters, not 256");
        assertThatThrownBy(() -> new CompanyId(KEY.repeat(256)))
                .hasMessage("A company id must have at most 255 characters, not 256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\r\n", "\u00a0", "\u2003\u3000", "a\u0000", "\u0000", "\ud83d", "a\udd11b"})
    void aNameIsNotBlankAndHoldsNothingThatCannotBeStored(String text) {
        for (Function<String, Object> name : NAMES) {
            assertThatThrownBy(() -> name.apply(text)).isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void namesAreComparedToTheLetter() {
        //
        assertThat(new UserId("Alice")).isNotEqualTo(new UserId("alice")).isNotEqualTo(new UserId("Alice "));
        assertThat(new CompanyId("\u00e9")).isNotEqualTo(new CompanyId("e\u0301"));
        assertThat(new UserId("Alice")).isEqualTo(new UserId("Alice")).hasToString("Alice");
    }

    @Test
    void anActorHasRoomForAKindAndTheLongestUserId() {
        String longest = "oauth2:" + KEY.repeat(255);

        assertThat(new Actor(longest)).hasToString(longest);
        assertThatThrownBy(() -> new Actor("a".repeat(301))).isInstanceOf(InvalidValueException.class);
    }
}
