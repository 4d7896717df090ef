package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Contract section 2: instants are UTC, ISO 8601 with {@code Z}, in whole milliseconds. */
class UtcMillisPropertiesTest {

    @Property
    void instantsAreWrittenInUtcWithMillisecondsAndReadBack(
            @ForAll @LongRange(min = 0, max = 253_402_300_799_999L) long milli) {
        String text = UtcMillis.text(Instant.ofEpochMilli(milli));

        assertThat(text).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z");
        assertThat(Instant.parse(text).toEpochMilli()).isEqualTo(milli);
    }
}
