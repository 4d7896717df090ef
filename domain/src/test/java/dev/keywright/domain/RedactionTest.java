package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text of anything that touches a secret holds a character of it. Contract sections 2 and 7, R-08. */
class RedactionTest {

    private static final String PEPPER = "PepperPepperPepperPepperPepperPepper";
    private static final KeySecret SECRET = Secrets.ofSeed(42);
    private static final SecretDigester DIGESTER = SecretDigester.peppered(List.of(new Pepper(PEPPER)));

    static Stream<Object> everythingThatTouchesASecret() {
        KeyCredential credential = KeyCredential.of(SECRET, DIGESTER);
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        KeyChange created = ApiKey.create(
                ApiKeyId.next(now, Optional.empty(), new SeededRandom(1)),
                new CompanyId("acme"),
                KeyDraft.of(new UserId("alice")),
                credential);
        return Stream.of(
                SECRET,
                Optional.of(SECRET),
                new Pepper(PEPPER),
                DIGESTER,
                DIGESTER.digest(SECRET),
                SecretDigester.sha256().digest(SECRET),
                credential,
                credential.redacted(),
                created,
                created.after().redacted(),
                VerifiableKey.of(created.after()),
                VerifiableKey.of(created.after()).redacted(),
                created.after().delete(now).orElseThrow(),
                VerifiableKey.of(created.after()).judge(InstantSource.fixed(now), Optional.empty(), Scopes.none()),
                VerifiableKey.of(created.after())
                        .judge(InstantSource.fixed(now), Optional.empty(), Scopes.of(Scope.KEYS_READ)),
                new KeyError.ScopeNotHeld(Scopes.of(Scope.KEYS_READ)));
    }

    @ParameterizedTest
    @MethodSource("everythingThatTouchesASecret")
    void nothingPrintsASecret(Object printed) {
        String text = printed.toString();

        assertThat(text).doesNotContainIgnoringCase(PEPPER.substring(0, 6) + PEPPER.substring(0, 6));
        for (int at = 0; at + 4 <= 38; at++) {
            assertThat(text).doesNotContain(Secrets.hidden(SECRET).substring(at, at + 4));
        }
        for (byte[] hidden : List.of(
                DIGESTER.digest(SECRET).bytes(),
                SecretDigester.sha256().digest(SECRET).bytes(),
                Secrets.hidden(SECRET).getBytes(StandardCharsets.US_ASCII))) {
            assertThat(text)
                    .doesNotContainIgnoringCase(HexFormat.of().formatHex(hidden, 0, 4))
                    .doesNotContain(Base64.getEncoder().encodeToString(hidden).substring(0, 6));
        }
    }
}
