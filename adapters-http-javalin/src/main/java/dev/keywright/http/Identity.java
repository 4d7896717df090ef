package dev.keywright.http;

import dev.keywright.application.Caller;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import dev.keywright.domain.VerifiableKey;
import java.util.Optional;

/** Who a good credential stands for. What few requests ask for is made when they do. */
sealed interface Identity {
    CompanyId company();

    UserId user();

    Scopes scopes();

    /** The key that it is; empty for an access token. */
    Optional<ApiKeyId> keyId();

    /** What that key is pinned to. */
    Optional<ApiVersion> apiVersion();

    /** The one in whose name changes are recorded. */
    Caller caller();

    /**
     * Asks for a right.
     *
     * @throws dev.keywright.domain.KeyException if it is lacking
     */
    default void require(Scope scope) {
        if (!scopes().contains(scope)) {
            caller().require(scope);
        }
    }

    /** The holder of a key. */
    record Holder(VerifiableKey key) implements Identity {
        @Override
        public CompanyId company() {
            return key.company();
        }

        @Override
        public UserId user() {
            return key.user();
        }

        @Override
        public Scopes scopes() {
            return key.scopes();
        }

        @Override
        public Optional<ApiKeyId> keyId() {
            return Optional.of(key.id());
        }

        @Override
        public Optional<ApiVersion> apiVersion() {
            return key.apiVersion();
        }

        @Override
        public Caller caller() {
            return Caller.holding(company(), new Actor("key:" + key.id()), scopes());
        }
    }

    /** The subject of an access token. */
    record Subject(CompanyId company, UserId user, Scopes scopes) implements Identity {
        @Override
        public Optional<ApiKeyId> keyId() {
            return Optional.empty();
        }

        @Override
        public Optional<ApiVersion> apiVersion() {
            return Optional.empty();
        }

        @Override
        public Caller caller() {
            return Caller.holding(company, new Actor("oauth2:" + user), scopes);
        }
    }
}
