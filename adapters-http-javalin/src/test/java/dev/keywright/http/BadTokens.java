package dev.keywright.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Tokens that are not good, each for one reason. */
final class BadTokens {

    private final LittleIssuer issuer;
    private final InstantSource time;
    private final String company;
    private final Map<String, String> tokens = new LinkedHashMap<>();

    private BadTokens(LittleIssuer issuer, InstantSource time, String company) {
        this.issuer = issuer;
        this.time = time;
        this.company = company;
    }

    /** The tokens by what is wrong with them. */
    static Map<String, String> of(LittleIssuer issuer, InstantSource time, String company) throws JOSEException {
        return new BadTokens(issuer, time, company).all();
    }

    private JWTClaimsSet.Builder claims() {
        return issuer.claims(company, "keys:read keys:write keys:verify");
    }

    private void bad(String name, JWTClaimsSet.Builder claims) {
        tokens.put(name, issuer.token(claims));
    }

    private void header(String name, UnaryOperator<JWSHeader.Builder> header) {
        tokens.put(name, issuer.token(claims(), header));
    }

    private Map<String, String> all() throws JOSEException {
        Date past = Date.from(time.instant().minus(Duration.ofHours(1)));
        bad("expired", claims().expirationTime(past));
        bad("without expiry", claims().expirationTime(null));
        bad("not yet valid", claims().notBeforeTime(Date.from(time.instant().plusSeconds(600))));
        bad("of another issuer", claims().issuer("https://evil.example"));
        bad("of an issuer with a slash more", claims().issuer(issuer.issuer() + "/"));
        bad("without issuer", claims().issuer(null));
        bad("for another audience", claims().audience("https://other.example"));
        bad("without audience", claims().audience((String) null));
        bad("without company", claims().claim("company_id", null));
        bad("with an empty company", claims().claim("company_id", " "));
        bad("with a company that is no text", claims().claim("company_id", 7));
        bad("with a list of companies", claims().claim("company_id", List.of(company)));
        bad("without user", claims().subject(null));
        bad("with an empty user", claims().subject(""));
        bad("with a NUL in the user", claims().subject("a\0b"));
        header("an id token", header -> header.type(JOSEObjectType.JWT));
        header("without type", header -> header.type(null));
        header("with an unknown key id", header -> header.keyID("nobody"));
        header("naming a key set of its own", header -> stranger(header).jwkURL(URI.create("http://127.0.0.1:1/jwks")));
        header(
                "naming a certificate of its own",
                header -> stranger(header).x509CertURL(URI.create("http://127.0.0.1:1/x")));
        header(
                "with a critical header",
                header -> header.criticalParams(Set.of("exp")).customParam("exp", 1));
        JWSHeader plain = issuer.header(JWSAlgorithm.RS256).build();
        tokens.put("signed by a stranger", LittleIssuer.sign(claims().build(), plain, LittleIssuer.STRANGER));
        tokens.put("bringing its own key", brought());
        tokens.put(
                "with PS256",
                LittleIssuer.sign(
                        claims().build(),
                        issuer.header(JWSAlgorithm.PS256).build(),
                        new RSASSASigner(LittleIssuer.FIRST)));
        tokens.put(
                "with RS512",
                LittleIssuer.sign(
                        claims().build(),
                        issuer.header(JWSAlgorithm.RS512).build(),
                        new RSASSASigner(LittleIssuer.FIRST)));
        tokens.put(
                "HMAC with the public key",
                LittleIssuer.sign(
                        claims().build(),
                        issuer.header(JWSAlgorithm.HS256).build(),
                        new MACSigner(LittleIssuer.FIRST.toRSAPublicKey().getEncoded())));
        tokens.put(
                "HMAC with the key set's text",
                LittleIssuer.sign(
                        claims().build(),
                        issuer.header(JWSAlgorithm.HS256).build(),
                        new MACSigner(
                                LittleIssuer.FIRST.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))));
        tokens.put("unsigned", new PlainJWT(claims().build()).serialize());
        tamper(issuer.token(claims()));
        return tokens;
    }

    private static JWSHeader.Builder stranger(JWSHeader.Builder header) {
        return header.keyID("stranger");
    }

    private String brought() {
        RSAKey stranger = LittleIssuer.STRANGER;
        JWSHeader header =
                issuer.header(JWSAlgorithm.RS256).jwk(stranger.toPublicJWK()).build();
        return LittleIssuer.sign(claims().build(), header, stranger);
    }

    private void tamper(String good) {
        String[] parts = good.split("\\.");
        String none = Base64URL.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\"}").toString();
        String nOnE = Base64URL.encode("{\"alg\":\"nOnE\",\"typ\":\"at+jwt\"}").toString();
        tokens.put("with the signature cut off", parts[0] + "." + parts[1] + ".");
        tokens.put("declared unsigned", none + "." + parts[1] + ".");
        tokens.put("declared unsigned, signature kept", none + "." + parts[1] + "." + parts[2]);
        tokens.put("declared unsigned in other case", nOnE + "." + parts[1] + ".");
        tokens.put("with other claims", parts[0] + "." + Base64URL.encode("{\"sub\":\"root\"}") + "." + parts[2]);
        tokens.put("with a broken header", "e30." + parts[1] + "." + parts[2]);
        tokens.put("without a signature part", parts[0] + "." + parts[1]);
        tokens.put("of five parts", good + ".a.b");
        tokens.put("of nothing", "..");
        tokens.put("padded", good + "=");
        tokens.put("with a blank", good + " x");
        tokens.put("nested deep", Base64URL.encode("[".repeat(1_500)) + "." + parts[1] + "." + parts[2]);
        tokens.put("with a huge claim set", parts[0] + "." + Base64URL.encode("9".repeat(3_000)) + "." + parts[2]);
    }
}
