package dev.keywright.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.domain.KeyPrefix;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a deployment decides, and what holds where it decides nothing. */
class KeyPolicyTest {

    private static final KeyPolicy DEFAULTS = KeyPolicy.defaults();

    @Test
    void theDefaultsArePrefixKwAnyVersionAndAWindowOf72Hours() {
        assertThat(DEFAULTS.prefix()).isEqualTo(KeyPrefix.DEFAULT);
        assertThat(DEFAULTS.downgradeWindow()).isEqualTo(Duration.ofHours(72));
        assertThat(DEFAULTS.released()).isEmpty();
    }

    @Test
    void aWindowLastsFromZeroToAHundredYears() {
        assertThat(DEFAULTS.withDowngradeWindow(Duration.ZERO).downgradeWindow())
                .isZero();
        assertThat(DEFAULTS.withDowngradeWindow(KeyPolicy.LONGEST_WINDOW).downgradeWindow())
                .isEqualTo(Duration.ofDays(36_500));
        for (Duration wrong : new Duration[] {Duration.ofNanos(-1), KeyPolicy.LONGEST_WINDOW.plusNanos(1)}) {
            assertThatThrownBy(() -> DEFAULTS.withDowngradeWindow(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
