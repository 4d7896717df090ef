package dev.keywright.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Recognises callers by access tokens of the configured issuer (RFC 9068): type {@code at+jwt}, signed with RS256 or ES256 by
 * one of the issuer's published keys, for our audience, within its time give or take a minute. Keys that a token itself
 * names ({@code jku}, {@code x5u}, {@code jwk}) count for nothing.
 */
final class JwtAuthentication {
    private static final int LEEWAY_SECONDS = 60;
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private final OAuth2Settings settings;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    JwtAuthentication(OAuth2Settings settings, IssuerKeys keys, InstantSource clock) {
        this.settings = settings;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(claimsVerifier(settings, clock));
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claimsVerifier(
            OAuth2Settings settings, InstantSource clock) {
        JWTClaimsSet exact =
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build();
        Set<String> required = Set.of("iss", "aud", "exp");
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(settings.audience(), exact, required) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(LEEWAY_SECONDS);
        return verifier;
    }

    /**
     * Who a token stands for; empty if it is not good.
     *
     * @throws ProblemException if the issuer's keys cannot be had now, so that nothing can be said about the token
     */
    Optional<Identity> identity(String token) {
        try {
            return identity(processor.process(SignedJWT.parse(token), null));
        } catch (KeySourceException e) {
            throw Problem.unavailable("The keys of the token's issuer cannot be had")
                    .asException();
        } catch (ParseException | BadJOSEException | JOSEException | RuntimeException e) {
            // The parser meets some texts, such as null for an object, with an unchecked exception.
            return Optional.empty();
        }
    }

    private Optional<Identity> identity(JWTClaimsSet claims) {
        if (!(claims.getClaim(settings.companyClaim()) instanceof String company)
                || !(claims.getClaim(settings.userClaim()) instanceof String subject)) {
            return Optional.empty();
        }
        try {
            UserId user = new UserId(subject);
            return Optional.of(new Identity.Subject(new CompanyId(company), user, scopes(claims)));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** The scopes of the token that can be scopes of ours; an issuer may give others too. */
    private Scopes scopes(JWTClaimsSet claims) {
        Object claim = claims.getClaim(settings.scopeClaim());
        Stream<?> texts = Stream.empty();
        if (claim instanceof String text) {
            texts = Stream.of(text.split(" "));
        } else if (claim instanceof Collection<?> list) {
            texts = list.stream();
        }
        List<Scope> scopes =
                texts.flatMap(text -> scope(text).stream()).distinct().toList();
        return Scopes.of(scopes.subList(0, Math.min(scopes.size(), Scopes.MAX_ENTRIES)));
    }

    private static Optional<Scope> scope(Object text) {
        try {
            return text instanceof String name ? Optional.of(new Scope(name)) : Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }
}
