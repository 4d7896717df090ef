package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R-70")
class RequestLogTest {
    private static final String REFERENCE = "0123456789abcdefghjk";
    private static final String RANDOM = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZab";

    private static String line(String method, String actor) {
        return RequestLog.line(
                method, "/keys/{keyId}", 200, "1.5", "abc", Optional.of(actor), Optional.of("192.0.2.1"));
    }

    @Test
    void aLineHasTheRouteAndNotThePath() {
        assertThat(line("GET", "key:key_01kjpx8nh0ek99yejwftdjtkv0"))
                .isEqualTo("method=GET route=/keys/{keyId} status=200 ms=1.5 request=abc"
                        + " actor=key:key_01kjpx8nh0ek99yejwftdjtkv0 client=192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oauth2:x\r\nmethod=DELETE",
                "oauth2:x\nmethod=DELETE",
                "oauth2:x\u0085method=DELETE",
                "oauth2:x\u2028method=DELETE",
                "oauth2:\u001b[2Jx",
                "oauth2:\u202egro.live",
                "oauth2:x client=10.0.0.1",
                "oauth2:x\u00a0client=10.0.0.1",
                "oauth2:\"x\"",
                "oauth2:\\u000a",
                "oauth2:\ud83d\ude00"
            })
    void noNameForgesALineOrAField(String actor) {
        String line = line("GET", actor);

        assertThat(line).matches("[!-~]+( [!-~]+){6}");
        assertThat(line.split(" ")).hasSize(7);
        assertThat(decoded(line.split(" ")[5])).isEqualTo("actor=" + actor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET\u001b[31m", "get", "PROPFIND", "-", "kw_" + REFERENCE + "_" + RANDOM})
    void aMethodThatNobodyKnowsIsNotRepeated(String method) {
        assertThat(line(method, "host")).startsWith("method=- route=");
    }

    @Test
    void aSecretInANameIsRedacted() {
        assertThat(line("GET", "oauth2:kw_" + REFERENCE + "_" + RANDOM))
                .contains(" actor=oauth2:kw_" + REFERENCE + "\\u2026 client=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u2028"})
    void aLongNameIsCutOff(String letter) {
        String actor = line("GET", letter.repeat(7_000)).split(" ")[5];

        assertThat(actor).hasSizeBetween(300, 320).endsWith("\\u2026");
        assertThat(decoded(actor)).matches("actor=" + letter + "+\u2026");
    }

    @Test
    void aNameOf300CharactersStaysWhole() {
        assertThat(line("GET", "x".repeat(300))).contains(" actor=" + "x".repeat(300) + " client=");
    }

    private static String decoded(String text) {
        StringBuilder decoded = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                decoded.append((char) Integer.parseInt(text.substring(at + 2, at + 6), 16));
                at += 5;
            } else {
                decoded.append(text.charAt(at));
            }
        }
        return decoded.toString();
    }
}
