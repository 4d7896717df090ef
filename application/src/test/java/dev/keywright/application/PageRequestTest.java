package dev.keywright.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.PageRequest.Start;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.KeyStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of a list: limit 1 to 100, 25 by default; offset 0 or more; active keys by default. */
class PageRequestTest {

    private static final Start NEWEST = new Start.Offset(0);

    @Test
    void theDefaultIsThe25NewestActiveKeys() {
        assertThat(PageRequest.first()).isEqualTo(new PageRequest(KeyStatus.ACTIVE, 25, NEWEST));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 25, 99, 100})
    void aLimitLiesBetween1And100(int limit) {
        assertThat(new PageRequest(KeyStatus.INACTIVE, limit, NEWEST).limit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void anyOtherLimitIsRefused(int limit) {
        assertThatThrownBy(() -> new PageRequest(KeyStatus.ACTIVE, limit, NEWEST))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("limit must be between 1 and 100");
    }

    @Test
    void anOffsetIsNotNegative() {
        assertThat(new Start.Offset(Long.MAX_VALUE).count()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> new Start.Offset(-1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("offset must not be negative");
    }
}
