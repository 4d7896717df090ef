package dev.keywright.application.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.domain.Actor;
import dev.keywright.domain.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Idempotency-Key}: 1 to 255 visible ASCII characters, of one caller. */
class IdempotencyTokenTest {

    private static final Actor ALICE = new Actor("oauth2:alice");
    private static final String LONGEST = "~".repeat(255);

    @ParameterizedTest
    @ValueSource(strings = {"!", "~", "\"quoted\"", "8e03978e-40d5-43dd-bc93-6894a57f9324"})
    void visibleAsciiIsAToken(String value) {
        assertThat(new IdempotencyToken(ALICE, value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "\u0000", "\u007f", "é", "🔑"})
    void anythingElseIsRefused(String value) {
        assertThatThrownBy(() -> new IdempotencyToken(ALICE, value)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aTokenHasAtMost255Characters() {
        assertThat(new IdempotencyToken(ALICE, LONGEST).value()).isEqualTo(LONGEST);
        assertThatThrownBy(() -> new IdempotencyToken(ALICE, LONGEST + "~")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void twoCallersTokensNeverMeet() {
        assertThat(new IdempotencyToken(ALICE, "1")).isNotEqualTo(new IdempotencyToken(new Actor("oauth2:bob"), "1"));
    }
}
