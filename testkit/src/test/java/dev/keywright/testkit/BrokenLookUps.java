package dev.keywright.testkit;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stores that break what they promise about looking up, one promise each. */
final class BrokenLookUps {

    private BrokenLookUps() {}

    /** Answers with the state in which a key was found first. */
    static final class RemembersWhatItFound extends ReferenceStore {

        private final Map<KeyReference, Optional<VerifiableKey>> found = new ConcurrentHashMap<>();

        @Override
        public Optional<VerifiableKey> lookUp(KeyReference reference) {
            return found.computeIfAbsent(reference, super::lookUp);
        }
    }

    /** Remembers only that there was no such key. */
    static final class RemembersWhatItMissed extends ReferenceStore {

        private final Set<KeyReference> missed = ConcurrentHashMap.newKeySet();

        @Override
        public Optional<VerifiableKey> lookUp(KeyReference reference) {
            Optional<VerifiableKey> found = missed.contains(reference) ? Optional.empty() : super.lookUp(reference);
            if (found.isEmpty()) {
                missed.add(reference);
            }
            return found;
        }
    }

    /** Those who ask for many see another state than those who ask for one. */
    static final class RemembersTheAnswersOfMany extends ReferenceStore {

        private final Map<Set<KeyReference>, List<VerifiableKey>> found = new ConcurrentHashMap<>();

        @Override
        public List<VerifiableKey> lookUp(Set<KeyReference> references) {
            return found.computeIfAbsent(references, super::lookUp);
        }
    }

    static final class FindsAFewAtOnce extends ReferenceStore {
        @Override
        public List<VerifiableKey> lookUp(Set<KeyReference> references) {
            return super.lookUp(references).stream().limit(500).toList();
        }
    }

    static final class HidesWhatIsOver extends ReferenceStore {
        HidesWhatIsOver() {
            super(state -> new ReferenceWork(state) {
                @Override
                Optional<ApiKey> referredTo(KeyReference reference) {
                    return super.referredTo(reference)
                            .filter(key -> key.deletedAt().isEmpty());
                }
            });
        }
    }

    static final class AllowsLookUpsInsideWrites extends ReferenceStore {
        @Override
        public Optional<VerifiableKey> lookUp(KeyReference reference) {
            return lend(state.copy()).referredTo(reference).map(VerifiableKey::of);
        }
    }

    /** Knows not all of the rules: each variant forgets one. */
    enum Forgets implements UnaryOperator<ApiKey> {
        THE_EXPIRY {
            @Override
            public ApiKey apply(ApiKey key) {
                return BrokenRows.with(key, key.description(), key.allowList(), key.pin(), Expiry.never());
            }
        },
        THE_ADDRESSES {
            @Override
            public ApiKey apply(ApiKey key) {
                return BrokenRows.with(key, key.description(), IpAllowList.anywhere(), key.pin(), key.expiry());
            }
        };

        ReferenceStore store() {
            return new ReferenceStore(state -> new ReferenceWork(state) {
                @Override
                Optional<ApiKey> referredTo(KeyReference reference) {
                    return super.referredTo(reference).map(Forgets.this);
                }
            });
        }
    }
}
