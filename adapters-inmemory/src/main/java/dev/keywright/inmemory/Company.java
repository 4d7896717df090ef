package dev.keywright.inmemory;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.KeyStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one company has. Immutable.
 *
 * @param active its active keys
 * @param inactive its other keys
 * @param creates the creates that tokens stand for
 * @param byAge the same tokens, the oldest create first
 */
record Company(
        SortedTree<ApiKeyId, ApiKey> active,
        SortedTree<ApiKeyId, ApiKey> inactive,
        SortedTree<IdempotencyToken, RecordedCreate> creates,
        SortedTree<Remembered, Remembered> byAge) {

    private static final Comparator<IdempotencyToken> BY_TEXT =
            Comparator.comparing((IdempotencyToken token) -> token.by().value()).thenComparing(IdempotencyToken::value);

    /** A company that has nothing yet. */
    static final Company NEW = new Company(
            SortedTree.empty(Comparator.naturalOrder()),
            SortedTree.empty(Comparator.naturalOrder()),
            SortedTree.empty(BY_TEXT),
            SortedTree.empty(Comparator.comparing(Remembered::at).thenComparing(Remembered::token, BY_TEXT)));

    /** A token and the time of the create that it stands for. */
    record Remembered(Instant at, IdempotencyToken token) {}

    SortedTree<ApiKeyId, ApiKey> keys(KeyStatus status) {
        return status == KeyStatus.ACTIVE ? active : inactive;
    }

    Optional<ApiKeyId> newest() {
        return Stream.of(active.last(), inactive.last())
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    Company with(ApiKey key) {
        return withKeys(key.status(), keys(key.status()).with(key.id(), key));
    }

    Company without(ApiKey key) {
        return withKeys(key.status(), keys(key.status()).without(key.id()));
    }

    private Company withKeys(KeyStatus status, SortedTree<ApiKeyId, ApiKey> changed) {
        return status == KeyStatus.ACTIVE
                ? new Company(changed, inactive, creates, byAge)
                : new Company(active, changed, creates, byAge);
    }

    /** Remembers a create and forgets all those that are too old. */
    Company remembering(IdempotencyToken token, RecordedCreate create, Instant forgottenBefore) {
        Company young = this;
        for (Optional<Remembered> oldest = byAge.first();
                oldest.isPresent() && oldest.get().at().isBefore(forgottenBefore);
                oldest = young.byAge.first()) {
            young = young.forgetting(oldest.get());
        }
        if (young.creates.get(token).isPresent()) {
            throw new WriteConflict("the token stands for another create");
        }
        Remembered remembered = new Remembered(create.at(), token);
        return new Company(
                active, inactive, young.creates.with(token, create), young.byAge.with(remembered, remembered));
    }

    private Company forgetting(Remembered old) {
        return new Company(active, inactive, creates.without(old.token()), byAge.without(old));
    }
}
