package dev.keywright.application;

import dev.keywright.application.spi.Backoff;
import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UtcMillis;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * What people do with keys: create, look at, list, change, switch, delete. Every act happens in the caller's company; a key
 * of another one does not exist there.
 *
 * <p>A refusal is a {@link KeyException} and changes nothing. Changes that meet are judged one after the other, so that none
 * is lost. Thread-safe.
 */
public final class KeyAdministration {

    /** How long a create is remembered under its idempotency key. */
    public static final Duration IDEMPOTENCY_RETENTION = Duration.ofHours(24);

    private static final int ATTEMPTS = 20;
    private static final Duration WITHIN = Duration.ofSeconds(3);

    private final KeyStore store;
    private final InstantSource clock;
    private final SecureRandom random;
    private final KeyPolicy policy;

    /**
     * @param clock read once per act
     * @param random where ids and secrets come from
     */
    public KeyAdministration(KeyStore store, InstantSource clock, SecureRandom random, KeyPolicy policy) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.policy = policy;
    }

    /** Creates a key. The answer holds its secret, which nobody can be told again. */
    public CreatedKey create(Caller caller, KeyDraft draft) {
        mayCreate(caller, draft);
        Instant now = now();
        return write(keys -> create(keys, caller, draft, now));
    }

    /**
     * Creates a key, once for all calls with the same idempotency key and draft within {@link #IDEMPOTENCY_RETENTION}.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters, chosen by the caller
     * @return on repetition the key as it is then, without its secret
     * @throws KeyException also if the idempotency key came with another draft before
     */
    public CreatedKey create(Caller caller, KeyDraft draft, String idempotencyKey) {
        mayCreate(caller, draft);
        IdempotencyToken token = new IdempotencyToken(caller.actor(), idempotencyKey);
        String request = DraftDigest.of(draft);
        Instant now = now();
        Instant forgottenBefore = now.minus(IDEMPOTENCY_RETENTION);
        return write(keys -> {
            Optional<RecordedCreate> earlier = keys.findCreate(caller.company(), token)
                    .filter(create -> !create.at().isBefore(forgottenBefore));
            if (earlier.isPresent()) {
                if (!earlier.get().request().equals(request)) {
                    throw new KeyException(new KeyError.IdempotencyKeyReused());
                }
                return new CreatedKey(existing(keys, caller, earlier.get().key()), Optional.empty());
            }
            CreatedKey created = create(keys, caller, draft, now);
            RecordedCreate create = new RecordedCreate(request, created.key().id(), now);
            keys.remember(caller.company(), token, create, forgottenBefore);
            return created;
        });
    }

    private void mayCreate(Caller caller, KeyDraft draft) {
        caller.require(Scope.KEYS_WRITE);
        caller.requireHeld(draft.scopes());
    }

    private CreatedKey create(KeyWriter keys, Caller caller, KeyDraft draft, Instant now) {
        ApiKeyId id = ApiKeyId.next(now, keys.newestKnown(caller.company()), random);
        KeySecret secret = KeySecret.random(policy.prefix(), random);
        KeyChange created = ApiKey.create(id, caller.company(), draft, KeyCredential.of(secret, policy.digester()));
        keys.insert(created, caller.actor());
        return new CreatedKey(created.after(), Optional.of(secret));
    }

    /** The key, deleted or not. */
    public ApiKey get(Caller caller, ApiKeyId id) {
        caller.require(Scope.KEYS_READ);
        return store.read(keys -> existing(keys, caller, id));
    }

    /** A page of the company's keys, its total and its neighbours, all of one snapshot. */
    public KeyPage list(Caller caller, PageRequest request) {
        caller.require(Scope.KEYS_READ);
        return store.read(keys -> PageReader.read(keys, caller.company(), request));
    }

    /** Changes a key, all or nothing; what changes nothing writes nothing. */
    public ApiKey update(Caller caller, ApiKeyId id, KeyUpdate update, Precondition precondition) {
        caller.require(Scope.KEYS_WRITE);
        return change(caller, id, precondition, (key, now) -> {
            caller.requireHeld(update.scopes().orElse(Scopes.none()).without(key.scopes()));
            update.apiVersion()
                    .filter(version -> !policy.released().admits(version))
                    .ifPresent(version -> {
                        throw new KeyException(new KeyError.VersionNotReleased(version, policy.released()));
                    });
            return key.update(update, now, policy.downgradeWindow());
        });
    }

    /** Switches a key off until it is switched on again. */
    public ApiKey deactivate(Caller caller, ApiKeyId id, Precondition precondition) {
        caller.require(Scope.KEYS_WRITE);
        return change(caller, id, precondition, ApiKey::deactivate);
    }

    /** Switches a key on. */
    public ApiKey activate(Caller caller, ApiKeyId id, Precondition precondition) {
        caller.require(Scope.KEYS_WRITE);
        return change(caller, id, precondition, ApiKey::activate);
    }

    /** Deletes a key for good; a deleted key stays as it is. */
    public ApiKey delete(Caller caller, ApiKeyId id, Precondition precondition) {
        caller.require(Scope.KEYS_WRITE);
        return change(caller, id, precondition, ApiKey::delete);
    }

    private interface Decision {
        Optional<KeyChange> on(ApiKey key, Instant now);
    }

    private ApiKey change(Caller caller, ApiKeyId id, Precondition precondition, Decision decision) {
        Instant now = now();
        return write(keys -> {
            ApiKey key = existing(keys, caller, id);
            precondition.check(key);
            Optional<KeyChange> change = decision.on(key, now);
            change.ifPresent(made -> keys.replace(made, caller.actor()));
            return change.map(KeyChange::after).orElse(key);
        });
    }

    private static ApiKey existing(KeyReader keys, Caller caller, ApiKeyId id) {
        return keys.find(caller.company(), id).orElseThrow(() -> new KeyException(new KeyError.NotFound()));
    }

    private Instant now() {
        return UtcMillis.of(clock.instant());
    }

    /** Runs the work again when another writer was faster: it is judged on the new state then. */
    private <R> R write(Function<KeyWriter, R> work) {
        Backoff backoff = Backoff.of(ATTEMPTS, WITHIN);
        while (true) {
            try {
                return store.<R>write(work);
            } catch (WriteConflict conflict) {
                if (!backoff.pause()) {
                    throw conflict;
                }
            }
        }
    }
}
