package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Contract section 8: {@code {prefix}_{reference}_{random}{check}}.. */
class KeySecretPropertiesTest {

    private static final Pattern SHAPE = Pattern.compile("(?<prefix>[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*)"
            + "_(?<reference>[0-9a-hjkmnp-tv-z]{20})_(?<random>[0-9A-Za-z]{32})(?<check>[0-9A-Za-z]{6})");

    @Property
    void everySecretHasThePublishedShape(@ForAll("prefixes") KeyPrefix prefix, @ForAll("seeds") long seed) {
        KeySecret secret = KeySecret.random(prefix, new SeededRandom(seed));

        Matcher parts = SHAPE.matcher(secret.reveal());
        assertThat(parts.matches()).isTrue();
        assertThat(parts.group("prefix")).isEqualTo(prefix.value());
        assertThat(parts.group("reference")).isEqualTo(secret.reference().value());
        assertThat(secret.reveal()).hasSizeLessThanOrEqualTo(KeySecret.MAX_LENGTH);
    }

    @Property
    void theCheckIsTheCrc32OfAllBeforeItInBase62(@ForAll("secrets") KeySecret secret) {
        String text = secret.reveal();
        CRC32 crc = new CRC32();
        crc.update(text.substring(0, text.length() - 6).getBytes(StandardCharsets.UTF_8));

        long check = 0;
        for (char digit : text.substring(text.length() - 6).toCharArray()) {
            check = check * 62 + Secrets.BASE62.indexOf(digit);
        }
        assertThat(check).isEqualTo(crc.getValue());
    }

    @Property
    void whatIsRevealedReadsBack(@ForAll("secrets") KeySecret secret) {
        KeySecret read = KeySecret.parse(secret.reveal()).orElseThrow();

        assertThat(read).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(read.reveal()).isEqualTo(secret.reveal());
        assertThat(read.prefix()).isEqualTo(secret.prefix());
        assertThat(read.reference()).isEqualTo(secret.reference());
        assertThat(KeyReference.parse(secret.reference().toString())).isEqualTo(secret.reference());
    }

    @Property
    void theRedactedFormIsPrefixAndReferenceAndNothingElse(@ForAll("secrets") KeySecret secret) {
        String shown = secret.redacted();

        assertThat(shown).isEqualTo(secret.prefix() + "_" + secret.reference() + "…");
        assertThat(secret).hasToString(shown);
        assertThat(secret.reveal()).startsWith(shown.substring(0, shown.length() - 1));
    }

    @Property
    void theRedactedFormStaysTheSameWhateverIsSecret(@ForAll("prefixes") KeyPrefix prefix, @ForAll("seeds") long seed) {
        KeySecret one = KeySecret.random(prefix, new SeededRandom(seed));
        KeySecret other = withAnotherSecretPart(one);

        assertThat(Secrets.hidden(other)).isNotEqualTo(Secrets.hidden(one));
        assertThat(other.redacted()).isEqualTo(one.redacted());
        assertThat(other).hasToString(one.toString()).isNotEqualTo(one);
    }

    @Property(tries = 200)
    void atLeast16RandomBytesGoIntoTheSecretPartOfEveryKey(@ForAll("seeds") long seed) {
        //
        SeededRandom forReference = new SeededRandom(seed);
        KeyReference.random(forReference);
        SeededRandom forAll = new SeededRandom(seed);

        KeySecret.random(KeyPrefix.DEFAULT, forAll);

        assertThat(forReference.drawn() * 8).isGreaterThanOrEqualTo(100);
        assertThat(forAll.drawn() - forReference.drawn()).isGreaterThanOrEqualTo(32);
    }

    @Property(tries = 100)
    void secretsOfOneSourceDiffer(@ForAll("seeds") long seed) {
        SeededRandom random = new SeededRandom(seed);
        Set<String> references = new TreeSet<>();
        Set<String> randoms = new TreeSet<>();
        for (int made = 0; made < 100; made++) {
            KeySecret secret = KeySecret.random(KeyPrefix.DEFAULT, random);
            references.add(secret.reference().value());
            randoms.add(Secrets.hidden(secret));
        }

        assertThat(references).hasSize(100);
        assertThat(randoms).hasSize(100);
    }

    @Property
    void aRandomTextIsNeverASecret(@ForAll String text) {
        assertThat(KeySecret.parse(text)).isEmpty();
    }

    @Property
    void aTextOfTheRightShapeIsNoSecretWithoutItsCheck(@ForAll("shaped") String text) {
        assertThat(SHAPE.matcher(text).matches()).isTrue();
        assertThat(KeySecret.parse(text)).isEmpty();
    }

    private static KeySecret withAnotherSecretPart(KeySecret secret) {
        String text = secret.reveal();
        int from = text.length() - 38;
        char other = text.charAt(from) == 'A' ? 'B' : 'A';
        String body = text.substring(0, from) + other + text.substring(from + 1, text.length() - 6);
        return KeySecret.parse(body + check(body)).orElseThrow();
    }

    private static String check(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        StringBuilder digits = new StringBuilder();
        for (long rest = crc.getValue(); digits.length() < 6; rest /= 62) {
            digits.insert(0, Secrets.BASE62.charAt((int) (rest % 62)));
        }
        return digits.toString();
    }

    @Provide
    Arbitrary<KeyPrefix> prefixes() {
        return Secrets.prefixes();
    }

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs().withoutEdgeCases();
    }

    @Provide
    Arbitrary<KeySecret> secrets() {
        return Secrets.any();
    }

    @Provide
    Arbitrary<String> shaped() {
        Arbitrary<String> reference = Arbitraries.strings()
                .withChars("0123456789abcdefghjkmnpqrstvwxyz")
                .ofLength(20);
        Arbitrary<String> random =
                Arbitraries.strings().withChars(Secrets.BASE62).ofLength(38);
        return Combinators.combine(Secrets.prefixes(), reference, random)
                .as((prefix, middle, end) -> prefix + "_" + middle + "_" + end)
                .withoutEdgeCases();
    }
}
