package dev.keywright.http;

import dev.keywright.application.KeyVerification;
import dev.keywright.domain.Denial;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.Verification;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lets nobody pass who has not shown good credentials, whatever the path and the method; only what is public is exempt.
 * Until a secret has proven to be good, every failure has the same answer.
 */
final class Authentication {
    private final PublicPaths open;
    private final ClientAddress addresses;
    private final KeyVerification verification;
    private final Optional<JwtAuthentication> tokens;
    private final AuthThrottle throttle;

    Authentication(
            PublicPaths open,
            ClientAddress addresses,
            KeyVerification verification,
            Optional<JwtAuthentication> tokens,
            AuthThrottle throttle) {
        this.open = open;
        this.addresses = addresses;
        this.verification = verification;
        this.tokens = tokens;
        this.throttle = throttle;
    }

    void handle(Context ctx, Exchange exchange) {
        if (open.covers(ctx)) {
            return;
        }
        Optional<IpAddress> client = addresses.of(ctx);
        exchange.remember(client);
        Optional<Identity> identity = Credential.of(ctx).flatMap(credential -> identity(credential, client));
        exchange.remember(identity.orElseThrow(() -> refusal(ctx, client)));
    }

    private Optional<Identity> identity(Credential credential, Optional<IpAddress> client) {
        return switch (credential.kind()) {
            case KEY -> holder(verification.verify(credential.text(), client, Scopes.none()));
            case TOKEN -> tokens.flatMap(issuer -> issuer.identity(credential.text()));
            case UNKNOWN -> Optional.empty();
        };
    }

    private static Optional<Identity> holder(Verification verdict) {
        if (verdict instanceof Verification.Granted granted) {
            return Optional.of(new Identity.Holder(granted.key()));
        }
        Denial reason = ((Verification.Denied) verdict).reason();
        if (reason == Denial.IP_NOT_ALLOWED || reason == Denial.IP_REQUIRED) {
            throw Problem.of(ProblemType.FORBIDDEN, "This key may not be used from this address")
                    .asException();
        }
        return Optional.empty();
    }

    private ProblemException refusal(Context ctx, Optional<IpAddress> client) {
        OptionalLong wait = throttle.failed(client.or(() -> ClientAddress.peer(ctx)));
        return wait.isPresent()
                ? Problem.tooManyRequests(wait.getAsLong()).asException()
                : Problem.unauthorized().asException();
    }
}
