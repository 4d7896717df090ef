package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPrefixTest {

    @Test
    void theDefaultIsKw() {
        assertThat(KeyPrefix.DEFAULT).hasToString("kw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kw", "a1", "acme", "acme_live", "a_b", "a_b1_c2", "abcdefghijklmnopqrstuvwx"})
    void partsOfLowerCaseLettersAndDigitsAreAPrefix(String text) {
        assertThat(new KeyPrefix(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "k",
                "1k",
                "Kw",
                "kW",
                "kw_",
                "_kw",
                "k__w",
                "k_1",
                "k-w",
                "k w",
                " kw",
                "kw\n",
                "kw\r",
                "kẃ",
                "k٣",
                "abcdefghijklmnopqrstuvwxy"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> new KeyPrefix(text)).isInstanceOf(InvalidValueException.class);
    }
}
