package dev.keywright.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.keywright.application.CreatedKey;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.Description;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.Scope;
import dev.keywright.domain.UtcMillis;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A key as answers show it: every field, always; null where there is no value. */
@JsonPropertyOrder({
    "id",
    "companyId",
    "userId",
    "key",
    "whitelistedIPs",
    "status",
    "description",
    "apiVersion",
    "apiVersionUpdatedAt",
    "apiVersionDowngradeNotAllowedAfter",
    "createdAt",
    "updatedAt",
    "deletedAt",
    "scopes",
    "expiresAt",
    "lastUsedAt",
    "lastUsedFrom"
})
record KeyAnswer(
        String id,
        String companyId,
        String userId,
        String key,
        @Nullable List<String> whitelistedIPs,
        String status,
        @Nullable String description,
        @Nullable String apiVersion,
        @Nullable String apiVersionUpdatedAt,
        @Nullable String apiVersionDowngradeNotAllowedAfter,
        String createdAt,
        String updatedAt,
        @Nullable String deletedAt,
        List<String> scopes,
        @Nullable String expiresAt,
        @Nullable String lastUsedAt,
        @Nullable String lastUsedFrom) {
    /** The key with its secret redacted. */
    static KeyAnswer redacted(ApiKey key) {
        return of(key, key.redacted());
    }

    /** The key with its full secret, this once; redacted where the create only repeats an earlier one. */
    static KeyAnswer created(CreatedKey created) {
        return of(created.key(), created.secret().map(KeySecret::reveal).orElseGet(created.key()::redacted));
    }

    /**
     * The key.
     *
     * @param shown what to show of its secret
     */
    private static KeyAnswer of(ApiKey key, String shown) {
        return new KeyAnswer(
                key.id().toString(),
                key.company().value(),
                key.user().value(),
                shown,
                key.allowList().isUnrestricted()
                        ? null
                        : key.allowList().ranges().stream()
                                .map(IpRange::toString)
                                .toList(),
                key.status().name().toLowerCase(Locale.ROOT),
                key.description().map(Description::value).orElse(null),
                key.pin().current().map(ApiVersion::toString).orElse(null),
                key.pin().since().map(UtcMillis::text).orElse(null),
                key.pin().downgradeNotAllowedAfter().map(UtcMillis::text).orElse(null),
                UtcMillis.text(key.createdAt()),
                UtcMillis.text(key.updatedAt()),
                key.deletedAt().map(UtcMillis::text).orElse(null),
                key.scopes().toList().stream().map(Scope::value).toList(),
                key.expiry().at().map(UtcMillis::text).orElse(null),
                key.lastUse().map(KeyUse::at).map(UtcMillis::text).orElse(null),
                key.lastUse().flatMap(KeyUse::from).map(IpAddress::toString).orElse(null));
    }

    /** Never the secret, which {@code key} may be. */
    @Override
    public String toString() {
        return "KeyAnswer[" + id + "]";
    }
}
