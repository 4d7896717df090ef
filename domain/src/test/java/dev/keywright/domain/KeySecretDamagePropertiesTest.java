package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;

/** A secret with any single slip in it is refused: by its shape, its checksum, its reference or its digest.. */
class KeySecretDamagePropertiesTest {

    private static final SecretDigester DIGESTER = SecretDigester.sha256();

    @Property
    void oneChangedCharacterFailsTheChecksum(
            @ForAll("secrets") KeySecret secret, @ForAll @IntRange(max = 86) int place, @ForAll("written") char other) {
        StringBuilder damaged = new StringBuilder(secret.reveal());
        int at = place % damaged.length();
        if (damaged.charAt(at) != other) {
            damaged.setCharAt(at, other);

            assertThat(KeySecret.parse(damaged.toString())).isEmpty();
        }
    }

    @Property
    void oneCharacterOfAnotherCaseFailsTheChecksum(
            @ForAll("secrets") KeySecret secret, @ForAll @IntRange(max = 86) int place) {
        StringBuilder damaged = new StringBuilder(secret.reveal());
        int at = place % damaged.length();
        char c = damaged.charAt(at);
        damaged.setCharAt(at, Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));

        assertThat(KeySecret.parse(damaged.toString()).isPresent()).isEqualTo(damaged.charAt(at) == c);
    }

    @Property
    void twoNeighboursThatChangedPlacesFailTheChecksum(
            @ForAll("secrets") KeySecret secret, @ForAll @IntRange(max = 85) int place) {
        StringBuilder damaged = new StringBuilder(secret.reveal());
        int at = place % (damaged.length() - 1);
        char first = damaged.charAt(at);

        if (first != damaged.charAt(at + 1)) {
            damaged.setCharAt(at, damaged.charAt(at + 1));
            damaged.setCharAt(at + 1, first);

            assertThat(KeySecret.parse(damaged.toString())).isEmpty();
        }
    }

    @Property
    void oneCharacterMoreIsRefused(
            @ForAll("secrets") KeySecret secret, @ForAll @IntRange(max = 86) int place, @ForAll("written") char more) {
        int at = place % (secret.reveal().length() + 1);

        assertRefused(
                secret, new StringBuilder(secret.reveal()).insert(at, more).toString());
    }

    @Property
    void oneCharacterLessIsRefused(@ForAll("secrets") KeySecret secret, @ForAll @IntRange(max = 86) int place) {
        int at = place % secret.reveal().length();

        assertRefused(
                secret, new StringBuilder(secret.reveal()).deleteCharAt(at).toString());
    }

    @Property
    void aCharacterOutsideTheAlphabetIsRefusedWhereverItStands(
            @ForAll("secrets") KeySecret secret,
            @ForAll @IntRange(max = 86) int place,
            @ForAll @CharRange(from = '\u0080', to = '\uffff') char foreign) {
        StringBuilder damaged = new StringBuilder(secret.reveal());
        damaged.setCharAt(place % damaged.length(), foreign);

        assertThat(KeySecret.parse(damaged.toString())).isEmpty();
    }

    @Property
    void anythingAroundASecretIsRefused(@ForAll("secrets") KeySecret secret, @ForAll("written") char more) {
        String text = secret.reveal();

        Stream.of(
                        " " + text,
                        text + " ",
                        text + "\n",
                        "\r\n" + text,
                        "Bearer " + text,
                        text + "\u0000",
                        "\"" + text + "\"")
                .forEach(around -> assertThat(KeySecret.parse(around)).isEmpty());
        assertRefused(secret, text + more);
        assertRefused(secret, more + text);
        assertThat(KeySecret.parse(secret.redacted())).isEmpty();
    }

    @Property
    void twoPartsOfDifferentSecretsDoNotMakeOne(@ForAll("secrets") KeySecret one, @ForAll("secrets") KeySecret other) {
        if (!one.reference().equals(other.reference())) {
            String mixed = one.prefix() + "_" + one.reference() + "_" + Secrets.hidden(other);

            assertRefused(one, mixed);
        }
    }

    /** Not accepted by shape and checksum, or not the key of that reference, or stopped by its digest. */
    private static void assertRefused(KeySecret secret, String damaged) {
        Optional<KeySecret> read = KeySecret.parse(damaged);
        boolean accepted = read.isPresent()
                && read.get().reference().equals(secret.reference())
                && DIGESTER.matches(read.get(), Keys.storing(DIGESTER.digest(secret)));

        assertThat(accepted).isFalse();
    }

    @Provide
    Arbitrary<KeySecret> secrets() {
        return Secrets.any();
    }

    /** The characters that secrets are written with. */
    @Provide
    Arbitrary<Character> written() {
        return Arbitraries.chars().with((Secrets.BASE62 + "_").toCharArray());
    }
}
