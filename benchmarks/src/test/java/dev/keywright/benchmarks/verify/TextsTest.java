package dev.keywright.benchmarks.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.KeySecret;
import org.junit.jupiter.api.Test;

/** What is presented is what it is said to be. */
final class TextsTest {
    private final Population population = Population.known();
    private final String secret = population.stranger();

    @Test
    void aRightCheckIsReadAsSuch() {
        String body = secret.substring(0, secret.length() - Texts.CHECK_LENGTH);

        assertThat(Texts.checked(body)).isEqualTo(secret);
    }

    @Test
    void theReferenceIsWhereItIsCutOut() {
        assertThat(KeySecret.parse(secret).orElseThrow().reference().value()).isEqualTo(Texts.reference(secret));
    }

    @Test
    void anotherRandomPartMakesAnotherSecretOfTheSameReference() {
        String other = population.withOtherRandomPart(secret);

        assertThat(KeySecret.parse(other).orElseThrow().reference().value()).isEqualTo(Texts.reference(secret));
        assertThat(other).isNotEqualTo(secret);
    }

    @Test
    void whatIsSpoiltIsNoSecret() {
        assertThat(KeySecret.parse(Texts.malformed(secret))).isEmpty();
        assertThat(KeySecret.parse(Texts.withWrongCheck(secret))).isEmpty();
    }
}
