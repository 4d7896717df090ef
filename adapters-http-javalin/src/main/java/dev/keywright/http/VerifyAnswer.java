package dev.keywright.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.Denial;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UtcMillis;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.domain.Verification;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A verdict as answers show it. Before possession of the secret is proven, it tells nothing but {@code NOT_FOUND}. */
@JsonPropertyOrder({
    "valid",
    "code",
    "keyId",
    "companyId",
    "userId",
    "apiVersion",
    "scopes",
    "expiresAt",
    "missingScopes"
})
record VerifyAnswer(
        boolean valid,
        String code,
        @Nullable String keyId,
        @Nullable String companyId,
        @Nullable String userId,
        @Nullable String apiVersion,
        @Nullable List<String> scopes,
        @Nullable String expiresAt,
        @Nullable List<String> missingScopes) {
    static VerifyAnswer of(Verification verdict) {
        if (verdict instanceof Verification.Granted granted) {
            return about(true, "VALID", Optional.of(granted.key()), null);
        }
        Verification.Denied denied = (Verification.Denied) verdict;
        boolean scopesMissing = denied.reason() == Denial.INSUFFICIENT_SCOPE;
        return about(false, code(denied.reason()), denied.key(), scopesMissing ? texts(denied.missing()) : null);
    }

    private static VerifyAnswer about(
            boolean valid, String code, Optional<VerifiableKey> key, @Nullable List<String> missing) {
        return new VerifyAnswer(
                valid,
                code,
                key.map(known -> known.id().toString()).orElse(null),
                key.map(known -> known.company().value()).orElse(null),
                key.map(known -> known.user().value()).orElse(null),
                key.flatMap(VerifiableKey::apiVersion).map(ApiVersion::toString).orElse(null),
                key.map(known -> texts(known.scopes())).orElse(null),
                key.flatMap(known -> known.expiry().at()).map(UtcMillis::text).orElse(null),
                missing);
    }

    /** The name on the wire; an added reason does not compile before it has one. */
    private static String code(Denial reason) {
        return switch (reason) {
            case NOT_FOUND -> "NOT_FOUND";
            case DELETED -> "DELETED";
            case INACTIVE -> "INACTIVE";
            case EXPIRED -> "EXPIRED";
            case IP_REQUIRED -> "IP_REQUIRED";
            case IP_NOT_ALLOWED -> "IP_NOT_ALLOWED";
            case INSUFFICIENT_SCOPE -> "INSUFFICIENT_SCOPE";
        };
    }

    private static List<String> texts(Scopes scopes) {
        return scopes.toList().stream().map(Scope::value).toList();
    }
}
