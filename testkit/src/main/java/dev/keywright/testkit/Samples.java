package dev.keywright.testkit;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.UserId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Things for examples: companies that nobody else has, and keys made by the rules of the domain without a use case. All
 * that must be unique in a store is. Thread-safe.
 */
public final class Samples {

    /** The time at which examples happen where it does not matter: a moment with all three decimals. */
    public static final Instant NOW = Instant.parse("2026-05-22T10:15:30.123Z");

    /** How long a pin may go back in examples. */
    public static final Duration WINDOW = Duration.ofHours(72);

    /** Who acts in examples where it does not matter. */
    public static final Actor ACTOR = new Actor("host");

    /** Whose keys examples make where it does not matter. */
    public static final UserId USER = new UserId("alice");

    private static final SecureRandom RANDOM = new SecureRandom();

    private Samples() {}

    /** A company that nobody has used before. */
    public static CompanyId company() {
        return company("acme");
    }

    /** A company that nobody has used before, whose name begins like this. */
    public static CompanyId company(String name) {
        return new CompanyId(name + "-" + UUID.randomUUID());
    }

    /** A draft of the plainest key. */
    public static KeyDraft draft() {
        return KeyDraft.of(USER);
    }

    /** An id that nobody has used before. */
    public static ApiKeyId id() {
        return id(NOW);
    }

    /** An id that nobody has used before, of a key created at that time. */
    public static ApiKeyId id(Instant createdAt) {
        return ApiKeyId.next(createdAt, Optional.empty(), RANDOM);
    }

    /** The credential of a new secret. */
    public static KeyCredential credential() {
        return KeyCredential.of(secret(), SecretDigester.sha256());
    }

    /** A new secret. */
    public static KeySecret secret() {
        return KeySecret.random(KeyPrefix.DEFAULT, RANDOM);
    }

    /** The birth of a plain key of this company. */
    public static KeyChange created(CompanyId company) {
        return created(company, id());
    }

    /** The birth of a plain key with this id. */
    public static KeyChange created(CompanyId company, ApiKeyId id) {
        return ApiKey.create(id, company, draft(), credential());
    }

    /** The births of plain keys of this company, oldest first, one millisecond apart. */
    public static List<KeyChange> created(CompanyId company, int count) {
        List<KeyChange> births = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            births.add(created(company, id(NOW.plusMillis(at))));
        }
        return births;
    }

    /** The key with another description. */
    public static KeyChange described(ApiKey key, String description) {
        KeyUpdate update = KeyUpdate.nothing().withDescription(new Description(description));
        return key.update(update, key.updatedAt(), WINDOW).orElseThrow();
    }

    /** The key, switched off. */
    public static KeyChange deactivated(ApiKey key) {
        return key.deactivate(key.updatedAt()).orElseThrow();
    }

    /** The key, switched on again. */
    public static KeyChange activated(ApiKey key) {
        return key.activate(key.updatedAt()).orElseThrow();
    }

    /** The key, deleted. */
    public static KeyChange deleted(ApiKey key) {
        return key.delete(key.updatedAt()).orElseThrow();
    }

    /** Puts a new plain key of the company into the store. */
    public static ApiKey insert(KeyStore store, CompanyId company) {
        return insert(store, created(company));
    }

    /** Puts a new key into the store. */
    public static ApiKey insert(KeyStore store, KeyChange created) {
        store.write(keys -> {
            keys.insert(created, ACTOR);
            return created;
        });
        return created.after();
    }

    /** Puts new keys into the store, in one unit of work. */
    public static List<ApiKey> insertAll(KeyStore store, List<KeyChange> births) {
        store.write(keys -> {
            births.forEach(created -> keys.insert(created, ACTOR));
            return births;
        });
        return births.stream().map(KeyChange::after).toList();
    }

    /** Puts a key's next state into the store. */
    public static ApiKey replace(KeyStore store, KeyChange change) {
        store.write(keys -> {
            keys.replace(change, ACTOR);
            return change;
        });
        return change.after();
    }

    /** The key as the store has it now. */
    public static Optional<ApiKey> stored(KeyStore store, ApiKey key) {
        return store.read((KeyReader keys) -> keys.find(key.company(), key.id()));
    }
}
