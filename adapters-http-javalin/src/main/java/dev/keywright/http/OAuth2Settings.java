package dev.keywright.http;

import java.net.URI;
import java.util.Optional;

/**
 * The one issuer whose access tokens are accepted (JWT of RFC 9068), and where they carry what is needed.
 *
 * @param issuer the {@code iss} of its tokens, to the letter
 * @param audience must be among the {@code aud} of a token
 * @param jwksUrl where the issuer's keys are; empty to find out from its metadata (RFC 8414, OpenID Discovery)
 * @param companyClaim the claim that names the company, a string
 * @param userClaim the claim that names the user, a string
 * @param scopeClaim the claim that lists the scopes, a string with spaces or an array of strings
 */
public record OAuth2Settings(
        String issuer,
        String audience,
        Optional<URI> jwksUrl,
        String companyClaim,
        String userClaim,
        String scopeClaim) {
    public OAuth2Settings {
        WebAddress.requireAbsolute("the issuer", URI.create(issuer));
        if (audience.isBlank() || companyClaim.isBlank() || userClaim.isBlank() || scopeClaim.isBlank()) {
            throw new IllegalArgumentException("the audience and the names of claims must not be blank");
        }
        jwksUrl.ifPresent(url -> {
            if (!url.isAbsolute() || url.getHost() == null) {
                throw new IllegalArgumentException("the JWKS URL must be absolute, not " + url);
            }
        });
    }

    /** Claims {@code company_id}, {@code sub} and {@code scope}; keys found by the issuer's metadata. */
    public static OAuth2Settings of(String issuer, String audience) {
        return new OAuth2Settings(issuer, audience, Optional.empty(), "company_id", "sub", "scope");
    }

    public OAuth2Settings withJwksUrl(URI changed) {
        return new OAuth2Settings(issuer, audience, Optional.of(changed), companyClaim, userClaim, scopeClaim);
    }

    public OAuth2Settings withClaims(String company, String user, String scope) {
        return new OAuth2Settings(issuer, audience, jwksUrl, company, user, scope);
    }
}
