package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 4, {@code apiVersion}. */
class ApiVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"2024-05-22", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"})
    void aDayOfTheCalendarIsAVersion(String text) {
        assertThat(ApiVersion.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2023-02-30", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-01-00"
            })
    void aDayThatNoCalendarHasIsRefusedByName(String text) {
        assertThatThrownBy(() -> ApiVersion.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(text + " is no day of the calendar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2024-05-22\n",
                "\n2024-05-22",
                " 2024-05-22",
                "2024-05-22 ",
                "2024-5-22",
                "24-05-22",
                "2024/05/22",
                "20240522",
                "+2024-05-22",
                "-2024-05-22",
                "02024-05-22",
                "2024-05-22T00:00:00Z",
                "2024-05-\u0662\u0662",
                "\uff12024-05-22",
                "2024‐05‐22",
                "v2024-05-22",
                "2024-W21-3"
            })
    void everyOtherShapeIsRefused(String text) {
        // matched in full
        assertThatThrownBy(() -> ApiVersion.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("YYYY-MM-DD");
    }

    @Test
    void aYearHasFourDigits() {
        assertThatThrownBy(() -> new ApiVersion(LocalDate.of(10000, 1, 1))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new ApiVersion(LocalDate.of(-1, 1, 1))).isInstanceOf(InvalidValueException.class);
    }
}
