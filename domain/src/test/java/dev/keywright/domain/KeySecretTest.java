package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 8, the secret. */
class KeySecretTest {

    private static final String BODY = "kw_0123456789abcdefghjk_0123456789ABCDEFGHIJKLMNOPQRSTUV";
    /** With its CRC-32, 0x69435578, computed by another program. */
    private static final String KNOWN = BODY + "1vW2bA";

    @Test
    void aSecretMadeByAnotherProgramIsRead() {
        KeySecret secret = KeySecret.parse(KNOWN).orElseThrow();

        assertThat(secret.prefix()).hasToString("kw");
        assertThat(secret.reference()).hasToString("0123456789abcdefghjk");
        assertThat(secret).hasToString("kw_0123456789abcdefghjk…");
    }

    @Test
    void thePrefixMayHaveJointsOfItsOwn() {
        KeySecret secret = KeySecret.random(new KeyPrefix("acme_live_eu"), new SeededRandom(1));

        assertThat(KeySecret.parse(secret.reveal())).contains(secret);
        assertThat(KeySecret.parse(secret.reveal()).orElseThrow().prefix()).hasToString("acme_live_eu");
    }

    @Test
    void theLongestPrefixMakesTheLongestSecret() {
        KeySecret secret = KeySecret.random(new KeyPrefix("a".repeat(24)), new SeededRandom(1));

        assertThat(secret.reveal()).hasSize(KeySecret.MAX_LENGTH).hasSizeLessThan(255);
        assertThat(KeySecret.parse(secret.reveal())).contains(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_", "__", "kw", "kw_", "kw_0123456789abcdefghjk", "key_00000000000000000000000000"})
    void aPartOfASecretOrAnIdIsNone(String text) {
        //
        assertThat(KeySecret.parse(text)).isEmpty();
        assertThat(KeySecret.parse(text + "_" + text)).isEmpty();
    }

    @Test
    void aLongTextIsRefusedAtOnce() {
        // a reader whose cost is the square of the length would need hours
        String valid = Secrets.ofSeed(1).reveal();
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> {
            for (String piece : new String[] {"a", "_", "a_", "kw_", "0", "Z", " ", "\ud83d\udd11", valid}) {
                assertThat(KeySecret.parse(piece.repeat(1_000_000 / piece.length())))
                        .isEmpty();
            }
        });
    }

    @Test
    void everyCharacterOfTheRandomPartIsEquallyLikely() {
        // chi-square with 61 degrees of freedom; above 112 it is chance once in 10,000 times, and the seed is
        // fixed
        SeededRandom random = new SeededRandom(20260301);
        int[][] seen = new int[33][62];
        int secrets = 20_000;
        for (int made = 0; made < secrets; made++) {
            String hidden = Secrets.hidden(KeySecret.random(KeyPrefix.DEFAULT, random));
            for (int at = 0; at < 32; at++) {
                int value = Secrets.BASE62.indexOf(hidden.charAt(at));
                seen[at][value]++;
                seen[32][value]++;
            }
        }

        assertThat(chiSquare(seen[32])).isBetween(25.0, 112.0);
        for (int at = 0; at < 32; at++) {
            assertThat(chiSquare(seen[at])).as("place %s", at).isBetween(20.0, 125.0);
        }
    }

    @Test
    void theTestOfLikelinessNoticesTheBiasOfAPlainRemainder() {
        SeededRandom random = new SeededRandom(20260301);
        int[] seen = new int[62];
        byte[] bytes = new byte[640_000];
        random.nextBytes(bytes);
        for (byte b : bytes) {
            seen[(b & 0xff) % 62]++;
        }

        assertThat(chiSquare(seen)).isGreaterThan(1000);
    }

    @Test
    void everyCharacterOfTheReferenceIsEquallyLikely() {
        SeededRandom random = new SeededRandom(20260302);
        int[] seen = new int[32];
        for (int made = 0; made < 20_000; made++) {
            KeyReference.random(random).value().chars().forEach(c -> seen[Crockford.value((char) c)]++);
        }

        assertThat(chiSquare(seen)).isBetween(10.0, 66.0);
    }

    @Test
    void aReferenceHas20CharactersOfItsAlphabet() {
        assertThat(KeyReference.parse("0123456789abcdefghjk")).hasToString("0123456789abcdefghjk");
        for (String text : new String[] {
            "",
            "0123456789abcdefghj",
            "0123456789abcdefghjkm",
            "0123456789ABCDEFGHJK",
            "0123456789abcdefghil",
            "0123456789abcdefgh\n1",
            "0123456789abcdefghj\u0663",
            " 123456789abcdefghjk"
        }) {
            assertThatThrownBy(() -> KeyReference.parse(text)).isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void aSecretCannotLeakByBeingWrittenOut() {
        //
        assertThat(Serializable.class).isNotIn(Arrays.asList(KeySecret.class.getInterfaces()));
        assertThat(KeySecret.class.isRecord()).isFalse();
        assertThat(Arrays.stream(KeySecret.class.getFields()).map(Field::getName))
                .containsExactly("MAX_LENGTH");
    }

    private static double chiSquare(int[] seen) {
        double expected = Arrays.stream(seen).sum() / (double) seen.length;
        return Arrays.stream(seen)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    @Test
    @Tag("R-08")
    void whatLooksLikeASecretIsFoundAndRedactedInsideOtherText() {
        String secret = "kw_4xk9m2hq7vbn0c8dtz3r_Qm7ZpX2vLr9TbKd4NfWs8HyJc3GuEa6A11Hr4e";
        String text = "/" + secret + "/and/acme_live_" + secret.substring(3, 61) + "X.";

        assertThat(KeySecret.isIn(text)).isTrue();
        assertThat(KeySecret.redactedIn(text))
                .isEqualTo("/kw_4xk9m2hq7vbn0c8dtz3r…/and/acme_live_4xk9m2hq7vbn0c8dtz3r….");
        assertThat(KeySecret.isIn("kw_4xk9m2hq7vbn0c8dtz3r…")).isFalse();
    }
}
