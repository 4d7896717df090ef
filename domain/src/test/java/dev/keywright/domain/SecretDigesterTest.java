package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract section 8: what is stored of a secret.. */
class SecretDigesterTest {

    private static final KeySecret KNOWN = KeySecret.parse(
                    "kw_0123456789abcdefghjk_0123456789ABCDEFGHIJKLMNOPQRSTUV1vW2bA")
            .orElseThrow();
    private static final String PEPPER = "correct horse battery staple, and then some";
    private static final Pepper OLD = new Pepper("an older pepper of thirty-two chars and more");
    private static final Pepper CURRENT = new Pepper(PEPPER);

    @Test
    void withoutAPepperTheDigestIsTheSha256OfTheWholeText() {
        SecretDigest digest = SecretDigester.sha256().digest(KNOWN);

        assertThat(digest.scheme()).isEqualTo("sha256");
        assertThat(hex(digest)).isEqualTo("ed857cab75aa7cb709388dca704526c13cc3146a65160e80b7f444dece83c6a6");
    }

    @Test
    void withAPepperItIsTheHmacSha256OfTheWholeText() {
        SecretDigest digest = SecretDigester.peppered(List.of(CURRENT)).digest(KNOWN);

        assertThat(digest.scheme()).isEqualTo("hmac-sha256:3f54e7d8");
        assertThat(hex(digest)).isEqualTo("03c3ce0db05849b7970852284de33d542e1a753a686fcc650f9efbee8458484b");
    }

    @Test
    void anEmptyListOfPeppersIsPlainSha256() {
        assertThat(SecretDigester.peppered(List.of()).digest(KNOWN))
                .isEqualTo(SecretDigester.sha256().digest(KNOWN));
    }

    @Test
    void theFirstPepperMakesNewDigests() {
        assertThat(SecretDigester.peppered(List.of(CURRENT, OLD)).digest(KNOWN))
                .isEqualTo(SecretDigester.peppered(List.of(CURRENT)).digest(KNOWN));
    }

    @Test
    void aRetiredPepperGoesOnRecognisingItsKeys() {
        SecretDigest stored = SecretDigester.peppered(List.of(OLD)).digest(KNOWN);

        SecretDigester rotated = SecretDigester.peppered(List.of(CURRENT, OLD));

        assertThat(rotated.matches(KNOWN, Keys.storing(stored))).isTrue();
        assertThat(rotated.matches(Secrets.ofSeed(1), Keys.storing(stored))).isFalse();
    }

    @Test
    void aKeyMadeBeforeThereWasAPepperGoesOnWorking() {
        SecretDigest stored = SecretDigester.sha256().digest(KNOWN);

        SecretDigester peppered = SecretDigester.peppered(List.of(CURRENT));

        assertThat(peppered.matches(KNOWN, Keys.storing(stored))).isTrue();
        assertThat(peppered.matches(Secrets.ofSeed(1), Keys.storing(stored))).isFalse();
    }

    @Test
    void aMissingPepperGivesNoVerdict() {
        // fails closed, and not as "invalid"
        SecretDigest stored = SecretDigester.peppered(List.of(OLD)).digest(KNOWN);

        for (SecretDigester without : List.of(SecretDigester.sha256(), SecretDigester.peppered(List.of(CURRENT)))) {
            assertThatThrownBy(() -> without.matches(KNOWN, Keys.storing(stored)))
                    .isInstanceOf(UnknownSchemeException.class)
                    .hasMessageContaining(stored.scheme());
            assertThatThrownBy(() -> without.matches(Secrets.ofSeed(1), Keys.storing(stored)))
                    .isInstanceOf(UnknownSchemeException.class);
        }
    }

    @Test
    void theSamePepperTwiceIsOne() {
        SecretDigester twice = SecretDigester.peppered(List.of(CURRENT, new Pepper(PEPPER)));

        assertThat(twice.matches(KNOWN, Keys.storing(twice.digest(KNOWN)))).isTrue();
    }

    @Test
    void aDigestOfAnotherSchemeIsAnotherDigest() {
        byte[] bytes = SecretDigester.sha256().digest(KNOWN).bytes();

        assertThat(new SecretDigest("sha256", bytes)).isNotEqualTo(new SecretDigest("hmac-sha256:3f54e7d8", bytes));
        assertThat(SecretDigester.peppered(List.of(CURRENT))
                        .matches(KNOWN, Keys.storing(new SecretDigest("hmac-sha256:3f54e7d8", bytes))))
                .isFalse();
    }

    @Test
    void aStoredDigestCannotBeChangedFromOutside() {
        byte[] bytes = new byte[32];
        SecretDigest digest = new SecretDigest("sha256", bytes);
        bytes[0] = 1;
        digest.bytes()[1] = 1;

        assertThat(digest.bytes()).containsOnly(0);
        assertThat(digest)
                .isEqualTo(new SecretDigest("sha256", new byte[32]))
                .hasSameHashCodeAs(new SecretDigest("sha256", new byte[32]));
    }

    @Test
    void everyBitOfADigestCounts() {
        byte[] bytes = SecretDigester.sha256().digest(KNOWN).bytes();
        for (int bit = 0; bit < 256; bit++) {
            byte[] other = bytes.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(SecretDigester.sha256().matches(KNOWN, Keys.storing(new SecretDigest("sha256", other))))
                    .isFalse();
        }
    }

    @Test
    void secretsAndDigestsAreComparedInConstantTime() throws IOException {
        //
        for (Class<?> compared : List.of(SecretDigest.class, KeySecret.class, Pepper.class)) {
            try (InputStream in = compared.getResourceAsStream(compared.getSimpleName() + ".class")) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .contains("isEqual");
            }
        }
    }

    @Test
    void aDigestHasASchemeAnd32Bytes() {
        assertThatThrownBy(() -> new SecretDigest("sha256", new byte[31])).isInstanceOf(IllegalArgumentException.class);
        for (String scheme : new String[] {"", "SHA256", "sha 256", "sha256\n", ":x", "x".repeat(41)}) {
            assertThatThrownBy(() -> new SecretDigest(scheme, new byte[32]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aPepperHasAtLeast32Characters() {
        assertThatCode(() -> new Pepper("p".repeat(32))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Pepper("p".repeat(31)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageNotContaining("ppp");
    }

    @Test
    void peppersAreEqualByTheirTextAndHaveTheirOwnSchemes() {
        assertThat(new Pepper(PEPPER))
                .isEqualTo(CURRENT)
                .hasSameHashCodeAs(CURRENT)
                .isNotEqualTo(OLD);
        assertThat(OLD.scheme()).isNotEqualTo(CURRENT.scheme()).matches("hmac-sha256:[0-9a-f]{8}");
    }

    private static String hex(SecretDigest digest) {
        return HexFormat.of().formatHex(digest.bytes());
    }
}
