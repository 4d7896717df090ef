package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A hundred bits and their twenty characters say the same. */
class KeyReferencePropertiesTest {

    @Property
    void theTextIsReadBack(@ForAll("texts") String text) {
        KeyReference reference = KeyReference.parse(text);

        assertThat(reference.value()).isEqualTo(text);
        assertThat(reference).hasToString(text).isEqualTo(new KeyReference(reference.high(), reference.low()));
    }

    @Property
    void theOrderIsThatOfTheTexts(@ForAll("texts") String one, @ForAll("texts") String other) {
        assertThat(Integer.signum(KeyReference.parse(one).compareTo(KeyReference.parse(other))))
                .isEqualTo(Integer.signum(one.compareTo(other)));
    }

    @Property
    void moreThanAHundredBitsAreRefused(@ForAll long high, @ForAll long low) {
        if (high >>> 36 == 0) {
            assertThat(KeyReference.parse(new KeyReference(high, low).value())).isEqualTo(new KeyReference(high, low));
        } else {
            assertThatThrownBy(() -> new KeyReference(high, low)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("0123456789abcdefghjkmnpqrstvwxyz")
                .ofLength(KeyReference.LENGTH);
    }
}
