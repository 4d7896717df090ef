package dev.keywright.http;

import dev.keywright.application.Caller;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.UserId;
import java.util.Optional;

/**
 * Who a good credential stands for.
 *
 * @param caller with the rights that come with it
 * @param user whose it is
 * @param key the key that it is; empty for an access token
 * @param apiVersion what that key is pinned to
 */
record Identity(Caller caller, UserId user, Optional<ApiKeyId> key, Optional<ApiVersion> apiVersion) {
    static Identity of(ApiKey key) {
        return new Identity(
                Caller.holding(key.company(), new Actor("key:" + key.id()), key.scopes()),
                key.user(),
                Optional.of(key.id()),
                key.pin().current());
    }

    /** The subject of an access token. */
    static Identity of(Caller caller, UserId user) {
        return new Identity(caller, user, Optional.empty(), Optional.empty());
    }
}
