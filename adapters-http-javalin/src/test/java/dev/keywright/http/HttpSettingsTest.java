package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    private final HttpSettings defaults = HttpSettings.defaults();

    @Tag("R-36")
    @Test
    void withoutASettingOnlyThisMachineIsServedAndNoProxyIsTrusted() {
        assertThat(defaults.host()).isEqualTo("127.0.0.1");
        assertThat(defaults.port()).isEqualTo(8080);
        assertThat(defaults.trustedProxies()).isEmpty();
        assertThat(defaults.authFailuresPerMinute()).isEqualTo(60);
        assertThat(defaults.maxBodyBytes()).isEqualTo(65_536);
        assertThat(defaults.oauth2()).isEmpty();
        assertThat(defaults.publicUrl()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys.example.com",
                "/keys",
                "ftp://keys.example.com",
                "https://keys.example.com/?a=b",
                "https://keys.example.com/#a",
                "https://me:secret@keys.example.com",
                "https:keys",
                "mailto:a@b"
            })
    void aPublicUrlIsAnAddressOfTheWebAndNothingMore(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withPublicUrl(URI.create(url)));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withPort(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withPort(65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withAuthFailuresPerMinute(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withMaxBodyBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> defaults.withHost(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer.example.com", "https://issuer.example.com?x=1", "urn:issuer"})
    void anIssuerIsAnAddressOfTheWeb(String issuer) {
        assertThatIllegalArgumentException().isThrownBy(() -> OAuth2Settings.of(issuer, "keywright"));
    }

    @Test
    void audienceAndClaimsAreNeeded() {
        OAuth2Settings good = OAuth2Settings.of("https://issuer.example.com", "keywright");

        assertThatIllegalArgumentException().isThrownBy(() -> OAuth2Settings.of("https://issuer.example.com", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> good.withClaims("", "sub", "scope"));
        assertThatIllegalArgumentException().isThrownBy(() -> good.withJwksUrl(URI.create("/jwks")));
    }
}
