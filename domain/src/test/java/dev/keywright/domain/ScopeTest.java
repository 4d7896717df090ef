package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 6: {@code [a-z][a-z0-9:._-]{0,63}}. */
class ScopeTest {

    private static final String LONGEST = "a".repeat(64);

    @Test
    void threeHaveAMeaningOfTheirOwn() {
        assertThat(List.of(Scope.KEYS_READ, Scope.KEYS_WRITE, Scope.KEYS_VERIFY))
                .extracting(Scope::value)
                .containsExactly("keys:read", "keys:write", "keys:verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "orders", "keys:read", "a.b_c-d:e9", "a:", "a-"})
    void lettersDigitsAndFourMarksMakeAScope(String text) {
        assertThat(new Scope(text)).hasToString(text);
    }

    @Test
    void aScopeHasAtMost64Characters() {
        assertThat(new Scope(LONGEST)).hasToString(LONGEST);
        assertThatThrownBy(() -> new Scope(LONGEST + "a")).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "A", "9a", ":a", "-a", "a b", " a", "a\n", "a\u0000", "a*", "a/b", "á", "a٣", "keys:Read"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> new Scope(text)).isInstanceOf(InvalidValueException.class);
    }
}
