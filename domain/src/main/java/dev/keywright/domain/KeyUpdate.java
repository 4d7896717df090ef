package dev.keywright.domain;

import java.util.Optional;

/**
 * What somebody wants changed about a key. An empty component leaves its field as it is.
 *
 * @param apiVersion where to move the pin
 * @param description the new description, or an empty one to clear it
 * @param allowList the new list
 * @param scopes the new scopes, all of them
 * @param expiry the new end
 */
public record KeyUpdate(
        Optional<ApiVersion> apiVersion,
        Optional<Optional<Description>> description,
        Optional<IpAllowList> allowList,
        Optional<Scopes> scopes,
        Optional<Expiry> expiry) {

    private static final KeyUpdate NOTHING =
            new KeyUpdate(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Leaves all as it is; the start of every other update. */
    public static KeyUpdate nothing() {
        return NOTHING;
    }

    public KeyUpdate withApiVersion(ApiVersion changed) {
        return new KeyUpdate(Optional.of(changed), description, allowList, scopes, expiry);
    }

    public KeyUpdate withDescription(Description changed) {
        return new KeyUpdate(apiVersion, Optional.of(Optional.of(changed)), allowList, scopes, expiry);
    }

    public KeyUpdate withoutDescription() {
        return new KeyUpdate(apiVersion, Optional.of(Optional.empty()), allowList, scopes, expiry);
    }

    public KeyUpdate withAllowList(IpAllowList changed) {
        return new KeyUpdate(apiVersion, description, Optional.of(changed), scopes, expiry);
    }

    public KeyUpdate withScopes(Scopes changed) {
        return new KeyUpdate(apiVersion, description, allowList, Optional.of(changed), expiry);
    }

    public KeyUpdate withExpiry(Expiry changed) {
        return new KeyUpdate(apiVersion, description, allowList, scopes, Optional.of(changed));
    }
}
