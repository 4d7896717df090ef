package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.testkit.SettableTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R-29")
class JwtAuthenticationTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:15:00Z");
    private static final OAuth2Settings SETTINGS = OAuth2Settings.of("https://issuer.example.com", "keywright");
    private static RSAKey rsa;
    private static ECKey ec;
    private static RSAKey stranger;

    private final SettableTime time = SettableTime.at(NOW);
    private final JwtAuthentication tokens = new JwtAuthentication(
            SETTINGS, new IssuerKeys(() -> new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())), time), time);

    @BeforeAll
    static void keys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        stranger = new RSAKeyGenerator(2048).keyID("rsa").generate();
    }

    private static JWTClaimsSet.Builder goodClaims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://issuer.example.com")
                .audience("keywright")
                .subject("alice")
                .claim("company_id", "acme")
                .claim("scope", "keys:read openid Not:Ours keys:write")
                .expirationTime(Date.from(NOW.plusSeconds(300)));
    }

    private static JWSHeader.Builder goodHeader() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("rsa");
    }

    private static String signed(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(header.build(), claims.build());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSSigner signer() {
        try {
            return new RSASSASigner(rsa);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(JWTClaimsSet.Builder claims) {
        return signed(goodHeader(), claims, signer());
    }

    @Test
    void aGoodTokenTellsCompanyUserAndScopes() {
        Optional<Identity> identity = tokens.identity(token(goodClaims()));

        assertThat(identity.map(Identity::caller)).hasValueSatisfying(known -> {
            assertThat(known.company().value()).isEqualTo("acme");
            assertThat(known.actor().value()).isEqualTo("oauth2:alice");
            assertThat(known.scopes()).contains(Scopes.of(Scope.KEYS_READ, Scope.KEYS_WRITE, new Scope("openid")));
        });
    }

    @Test
    void ellipticCurvesAreGoodToo() throws JOSEException {
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID("ec");

        assertThat(tokens.identity(signed(header, goodClaims(), new ECDSASigner(ec))))
                .isPresent();
    }

    @Test
    void aTokenThatNamesNoKeyIsTriedWithAllOfItsKind() {
        assertThat(tokens.identity(signed(goodHeader().keyID(null), goodClaims(), signer())))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt"})
    void theTypeOfAnAccessTokenIsReadInEverySpelling(String type) {
        assertThat(tokens.identity(signed(goodHeader().type(new JOSEObjectType(type)), goodClaims(), signer())))
                .isPresent();
    }

    @Test
    void scopesMayBeAnArrayOrMissing() {
        assertThat(tokens.identity(token(goodClaims().claim("scope", List.of("keys:verify", 5, "a b", "")))))
                .hasValueSatisfying(
                        known -> assertThat(known.caller().scopes()).contains(Scopes.of(Scope.KEYS_VERIFY)));
        assertThat(tokens.identity(token(goodClaims().claim("scope", null))))
                .hasValueSatisfying(known -> assertThat(known.caller().scopes()).contains(Scopes.none()));
    }

    @Test
    void severalAudiencesMayHaveOursAmongThem() {
        assertThat(tokens.identity(token(goodClaims().audience(List.of("other", "keywright")))))
                .isPresent();
    }

    static Stream<Arguments> badTokens() throws JOSEException {
        String good = token(goodClaims());
        String[] parts = good.split("\\.");
        Map<String, String> bad = new HashMap<>();
        bad.put("expired", token(goodClaims().expirationTime(Date.from(NOW.minusSeconds(61)))));
        bad.put("no expiry", token(goodClaims().expirationTime(null)));
        bad.put("not yet", token(goodClaims().notBeforeTime(Date.from(NOW.plusSeconds(62)))));
        bad.put("other issuer", token(goodClaims().issuer("https://issuer.example.com/")));
        bad.put("no issuer", token(goodClaims().issuer(null)));
        bad.put("other audience", token(goodClaims().audience("keywright2")));
        bad.put("no audience", token(goodClaims().audience((String) null)));
        bad.put("no company", token(goodClaims().claim("company_id", null)));
        bad.put("company is no text", token(goodClaims().claim("company_id", 5)));
        bad.put("company is a list", token(goodClaims().claim("company_id", List.of("acme"))));
        bad.put("blank company", token(goodClaims().claim("company_id", " ")));
        bad.put("no user", token(goodClaims().subject(null)));
        bad.put("empty user", token(goodClaims().subject("")));
        bad.put("user with NUL", token(goodClaims().subject("a\u0000")));
        bad.put("no type", signed(goodHeader().type(null), goodClaims(), signer()));
        bad.put("an id token", signed(goodHeader().type(JOSEObjectType.JWT), goodClaims(), signer()));
        bad.put("stranger's key", signed(goodHeader(), goodClaims(), new RSASSASigner(stranger)));
        bad.put("unknown key", signed(goodHeader().keyID("other"), goodClaims(), signer()));
        bad.put(
                "key in the header",
                signed(goodHeader().jwk(stranger.toPublicJWK()), goodClaims(), new RSASSASigner(stranger)));
        bad.put(
                "key address in the header",
                signed(
                        goodHeader()
                                .jwkURL(URI.create("http://127.0.0.1:1/jwks"))
                                .x509CertURL(URI.create("http://127.0.0.1:1/x")),
                        goodClaims(),
                        new RSASSASigner(stranger)));
        bad.put(
                "PS256",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.PS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID("rsa"),
                        goodClaims(),
                        signer()));
        bad.put(
                "HS256 with the public key",
                signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .type(new JOSEObjectType("at+jwt"))
                                .keyID("rsa"),
                        goodClaims(),
                        new MACSigner(rsa.toRSAPublicKey().getEncoded())));
        bad.put("none", new PlainJWT(goodClaims().build()).serialize());
        bad.put("no signature", parts[0] + "." + parts[1] + ".");
        bad.put(
                "other claims",
                parts[0] + "." + token(goodClaims().subject("root")).split("\\.")[1] + "." + parts[2]);
        bad.put("a critical extension", signed(goodHeader().criticalParams(Set.of("exp")), goodClaims(), signer()));
        bad.put("garbage", "a.b.c");
        bad.put("numbers", "1.2.3");
        bad.put("a list as header", "W10.W10.W10");
        bad.put("null as header", "bnVsbA.bnVsbA.bnVsbA");
        bad.put("null as claims", parts[0] + ".bnVsbA." + parts[2]);
        bad.put("very many levels", Base64URL.encode("{\"a\":" + "[".repeat(6_000)) + ".e30.e30");
        bad.put("signed null", signedText("null"));
        bad.put("signed list", signedText("[]"));
        bad.put("signed levels", signedText("{\"a\":" + "[".repeat(6_000)));
        bad.put("signed text as expiry", signedText("{\"exp\":\"x\"}"));
        bad.put("signed huge expiry", signedText("{\"exp\":1e400}"));
        bad.put("expiry is a text", parts[0] + ".eyJleHAiOiJ4In0." + parts[2]);
        return bad.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    /** A token with a good signature over something that need not be claims. */
    private static String signedText(String payload) throws JOSEException {
        JWSObject token = new JWSObject(goodHeader().build(), new Payload(payload));
        token.sign(signer());
        return token.serialize();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aBadTokenTellsNothing(String about, String token) {
        assertThat(tokens.identity(token)).as(about).isEmpty();
    }

    @Test
    void aMinuteOfDifferenceBetweenClocksIsForgiven() {
        String token = token(goodClaims()
                .notBeforeTime(Date.from(NOW.plusSeconds(59)))
                .expirationTime(Date.from(NOW.plusSeconds(60))));

        assertThat(tokens.identity(token)).isPresent();
        time.advance(Duration.ofSeconds(119));
        assertThat(tokens.identity(token)).isPresent();
        time.advance(Duration.ofSeconds(2));
        assertThat(tokens.identity(token)).isEmpty();
    }

    @Test
    void whileTheKeysCannotBeHadNothingIsSaidAboutAToken() {
        JwtAuthentication away = new JwtAuthentication(
                SETTINGS,
                new IssuerKeys(
                        () -> {
                            throw new IOException("away");
                        },
                        time),
                time);

        assertThatThrownBy(() -> away.identity(token(goodClaims())))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.UNAVAILABLE));
    }

    @Test
    void otherClaimsCanBeChosen() {
        JwtAuthentication chosen = new JwtAuthentication(
                SETTINGS.withClaims("org", "email", "permissions"),
                new IssuerKeys(() -> new JWKSet(rsa.toPublicJWK()), time),
                time);

        Optional<Identity> identity = chosen.identity(token(
                goodClaims().claim("org", "o1").claim("email", "a@b").claim("permissions", List.of("keys:read"))));

        assertThat(identity.map(Identity::caller)).hasValueSatisfying(known -> {
            assertThat(known.company().value()).isEqualTo("o1");
            assertThat(known.actor().value()).isEqualTo("oauth2:a@b");
            assertThat(known.scopes()).contains(Scopes.of(Scope.KEYS_READ));
        });
    }
}
