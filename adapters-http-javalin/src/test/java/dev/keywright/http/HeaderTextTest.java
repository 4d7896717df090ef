package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "acme|acme",
                "a@b.example/c,d;e=\"f\"|a@b.example/c,d;e=\"f\"",
                "~!$&|~!$&",
                "100%|100%25",
                "%41|%2541",
                " a b |%20a%20b%20",
                "Jürgen|J%C3%BCrgen",
                "鍵|%E9%8D%B5",
                "\uD83D\uDD11|%F0%9F%94%91"
            })
    void visibleAsciiStaysAndAllElseIsPercentEncodedUtf8(String text, String encoded) {
        assertThat(HeaderText.encoded(text)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\nX-Company-Id: other", "a\nb", "\u0001", "\u007f", "\u0085", "\u2028", "a\tb", "\u202e"})
    void nothingBeginsAnotherHeader(String text) {
        assertThat(HeaderText.encoded(text)).matches("[!-~]+");
        assertThat(decoded(HeaderText.encoded(text))).isEqualTo(text);
    }

    @Test
    void decodingGivesEveryCharacterBack() {
        StringBuilder all = new StringBuilder();
        for (int c = 1; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 97) {
            if (Character.getType(c) != Character.SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        assertThat(HeaderText.encoded(all.toString())).matches("[!-~]+");
        assertThat(decoded(HeaderText.encoded(all.toString()))).isEqualTo(all.toString());
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
