package dev.keywright.domain;

import java.util.Optional;

/**
 * A key that somebody asks for.
 *
 * @param user its owner
 * @param allowList from where it may be used
 * @param description what it is for
 * @param scopes what it may do
 * @param expiry when it ends by itself; in the future
 */
public record KeyDraft(
        UserId user, IpAllowList allowList, Optional<Description> description, Scopes scopes, Expiry expiry) {

    /** A key for this user, with no restriction, no description, no scope and no end. */
    public static KeyDraft of(UserId user) {
        return new KeyDraft(user, IpAllowList.anywhere(), Optional.empty(), Scopes.none(), Expiry.never());
    }

    public KeyDraft withAllowList(IpAllowList changed) {
        return new KeyDraft(user, changed, description, scopes, expiry);
    }

    public KeyDraft withDescription(Description changed) {
        return new KeyDraft(user, allowList, Optional.of(changed), scopes, expiry);
    }

    public KeyDraft withScopes(Scopes changed) {
        return new KeyDraft(user, allowList, description, changed, expiry);
    }

    public KeyDraft withExpiry(Expiry changed) {
        return new KeyDraft(user, allowList, description, scopes, changed);
    }
}
