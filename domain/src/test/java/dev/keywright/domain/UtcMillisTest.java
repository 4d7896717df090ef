package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Contract section 2: instants are truncated to milliseconds when they are made. */
class UtcMillisTest {

    @Test
    void instantsAreCutAndNeverRoundedUp() {
        assertThat(UtcMillis.of(Instant.parse("2025-12-31T23:59:59.999999999Z")))
                .isEqualTo(Instant.parse("2025-12-31T23:59:59.999Z"));
        assertThat(UtcMillis.text(Instant.parse("2025-12-31T23:59:59.999999999Z")))
                .isEqualTo("2025-12-31T23:59:59.999Z");
        assertThat(UtcMillis.text(Instant.parse("2019-08-24T14:15:22Z"))).isEqualTo("2019-08-24T14:15:22.000Z");
    }
}
