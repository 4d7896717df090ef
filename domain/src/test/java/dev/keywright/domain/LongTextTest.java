package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No reader of the domain takes longer than its text is long: one whose cost is the square of the length would need hours. */
@Tag("R-43")
class LongTextTest {

    private static final int LENGTH = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<Function<String, Object>> READERS = List.of(
            ApiVersion::parse,
            ApiKeyId::parse,
            KeyPrefix::new,
            Scope::new,
            UserId::new,
            CompanyId::new,
            Description::new);

    @ParameterizedTest
    @ValueSource(
            strings = {"2", "2024-05-22", "-", "a", "a_", "_", "a.", "key_", "0", " ", "\n", "\u0663", "\ud83d\udd11"})
    void aLongTextIsRefusedAtOnce(String piece) {
        String text = "a" + piece.repeat(LENGTH / piece.length());

        Assertions.assertTimeout(
                PATIENCE,
                () -> assertThat(READERS)
                        .allSatisfy(reader -> assertThatThrownBy(() -> reader.apply(text))
                                .isInstanceOf(InvalidValueException.class)
                                .satisfies(refused ->
                                        assertThat(refused.getMessage()).hasSizeLessThan(400))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"_", "_0", "_a", "a", "_0123456789abcdefghjk", "_0123456789abcdefghjk_", "0123456789"})
    void secretsAreLookedForInALongTextAtOnce(String piece) {
        String text = piece.repeat(LENGTH / piece.length());

        Assertions.assertTimeout(PATIENCE, () -> {
            assertThat(KeySecret.isIn(text)).isFalse();
            assertThat(KeySecret.redactedIn(text)).isEqualTo(text);
        });
    }
}
