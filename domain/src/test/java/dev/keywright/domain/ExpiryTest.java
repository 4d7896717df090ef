package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a key ends by itself. Contract section 9, "not expired". */
class ExpiryTest {

    private static final Instant END = Instant.parse("2026-03-01T12:00:00.500Z");

    @Test
    void anExpiryHasPassedAtItsVeryInstantAndNotBefore() {
        assertThat(Expiry.at(END).hasPassed(END.minusNanos(1))).isFalse();
        assertThat(Expiry.at(END).hasPassed(END)).isTrue();
        assertThat(Expiry.at(END).hasPassed(END.plusNanos(1))).isTrue();
    }

    @Test
    void neverDoesNotPass() {
        assertThat(Expiry.never().hasPassed(Instant.MAX)).isFalse();
        assertThat(Expiry.never()).hasToString("never");
    }

    @Test
    void anExpiryIsCutToTheMillisecondsThatAreShown() {
        assertThat(Expiry.at(END.plusNanos(999_999))).isEqualTo(Expiry.at(END)).hasToString("2026-03-01T12:00:00.500Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999999Z", "+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"})
    void anExpiryLiesBetween1970And9999(String text) {
        assertThatThrownBy(() -> Expiry.at(Instant.parse(text))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void theEndsOfThatRangeBelongToIt() {
        assertThat(Expiry.at(Instant.EPOCH)).hasToString("1970-01-01T00:00:00.000Z");
        assertThat(Expiry.at(Instant.parse("9999-12-31T23:59:59.999999999Z"))).hasToString("9999-12-31T23:59:59.999Z");
    }
}
