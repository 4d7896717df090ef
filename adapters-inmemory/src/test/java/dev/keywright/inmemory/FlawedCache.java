package dev.keywright.inmemory;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.Denial;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.VerifiableKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A plain cache that is right, but for one flaw that caches have had. */
final class FlawedCache implements KeyStore {

    /** What is wrong with it. */
    enum Flaw {
        NONE,
        /** Forgets before the commit and not again after it. */
        FORGETS_BEFORE_THE_COMMIT,
        /** Forgets a while after the change was acknowledged. */
        FORGETS_LATER,
        /** Forgets only if the write has told that it went well. */
        FORGETS_ON_SUCCESS_ONLY,
        /** Forgets keys that were deleted and no others. */
        FORGETS_DELETED_KEYS_ONLY,
        /** Does not forget that there was no key. */
        REMEMBERS_ABSENCE,
        /** Keeps what was read before a change that was made meanwhile. */
        KEEPS_OLD_READS,
        /** Lets a look-up join one that began before the change. */
        JOINS_ANY_LOOK_UP,
        /** Keeps for ever. */
        IGNORES_THE_BOUND,
        /** Counts the age from the answer and not from the question. */
        COUNTS_FROM_THE_ANSWER,
        /** Takes a store that is away for one without the key. */
        TAKES_FAILURE_FOR_ABSENCE
    }

    private record Entry(Optional<VerifiableKey> answer, long since) {}

    private final KeyStore store;
    private final long maxAge;
    private final Flaw flaw;
    private final Map<KeyReference, Entry> entries = new HashMap<>();
    private final Map<KeyReference, CompletableFuture<Optional<VerifiableKey>>> lookUps = new HashMap<>();
    private long changes;

    FlawedCache(KeyStore store, Duration maxAge, Flaw flaw) {
        this.store = store;
        this.maxAge = maxAge.toNanos();
        this.flaw = flaw;
    }

    private boolean has(Flaw one) {
        return flaw == one;
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        long asked = System.nanoTime();
        long changesBefore;
        CompletableFuture<Optional<VerifiableKey>> own = new CompletableFuture<>();
        CompletableFuture<Optional<VerifiableKey>> joined;
        synchronized (this) {
            Entry entry = entries.get(reference);
            if (entry != null && (has(Flaw.IGNORES_THE_BOUND) || asked - entry.since() < maxAge)) {
                return entry.answer();
            }
            changesBefore = changes;
            joined = has(Flaw.JOINS_ANY_LOOK_UP) ? lookUps.putIfAbsent(reference, own) : null;
        }
        if (joined != null) {
            return joined.join();
        }
        try {
            Optional<VerifiableKey> answer = store.lookUp(reference);
            long since = has(Flaw.COUNTS_FROM_THE_ANSWER) ? System.nanoTime() : asked;
            synchronized (this) {
                if (changes == changesBefore || has(Flaw.KEEPS_OLD_READS)) {
                    entries.put(reference, new Entry(answer, since));
                }
            }
            own.complete(answer);
            return answer;
        } catch (StoreFailure failure) {
            if (has(Flaw.TAKES_FAILURE_FOR_ABSENCE)) {
                return Optional.empty();
            }
            throw failure;
        } finally {
            own.complete(Optional.empty());
            synchronized (this) {
                lookUps.remove(reference, own);
            }
        }
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        return store.lookUp(references);
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        return store.read(work);
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        Set<KeyReference> touched = new HashSet<>();
        boolean succeeded = false;
        try {
            R result = store.<R>write(keys -> {
                R done = work.apply(new WatchedWriter(keys, touched, new HashSet<>()));
                if (has(Flaw.FORGETS_BEFORE_THE_COMMIT)) {
                    forget(touched);
                }
                return done;
            });
            succeeded = true;
            return result;
        } finally {
            if (has(Flaw.FORGETS_LATER)) {
                CompletableFuture.runAsync(() -> forget(touched));
            } else if (!has(Flaw.FORGETS_BEFORE_THE_COMMIT) && (succeeded || !has(Flaw.FORGETS_ON_SUCCESS_ONLY))) {
                forget(touched);
            }
        }
    }

    private synchronized void forget(Set<KeyReference> touched) {
        changes++;
        for (KeyReference reference : touched) {
            Entry entry = entries.get(reference);
            if (entry != null && isForgotten(reference, entry)) {
                entries.remove(reference);
            }
        }
    }

    private boolean isForgotten(KeyReference reference, Entry entry) {
        return switch (flaw) {
            case REMEMBERS_ABSENCE -> entry.answer().isPresent();
            case FORGETS_DELETED_KEYS_ONLY ->
                entry.answer().isEmpty()
                        || store.lookUp(reference)
                                .map(key ->
                                        key.judge(InstantSource.fixed(Instant.EPOCH), Optional.empty(), Scopes.none()))
                                .filter(verdict -> KeyHistory.reason(verdict).equals(Optional.of(Denial.DELETED)))
                                .isPresent();
            default -> true;
        };
    }
}
