package dev.keywright.inmemory;

import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of references: keys and, apart from them so that they crowd out nothing, references that no key has.
 *
 * <p>Any number of threads look up without a lock, one at a time may change.
 */
final class Remembered {

    private static final int MOST_ABSENT = 4_096;

    private final Generations keys;
    private final Generations absent;

    /**
     * @param maxKeys 2 or more
     * @param maxAge positive
     */
    Remembered(int maxKeys, Duration maxAge, long now) {
        this.keys = new Generations(maxKeys, maxAge, now);
        this.absent = new Generations(MOST_ABSENT, maxAge, now);
    }

    /** The key with this reference, or the reference alone where no key has it; null if that is not known. */
    @Nullable
    Object find(KeyReference reference, long now) {
        Object key = keys.find(reference, now);
        return key == null ? absent.find(reference, now) : key;
    }

    /** What an entry that was found says: the key, or that no key has the reference. */
    static Optional<VerifiableKey> answer(Object entry) {
        return entry instanceof VerifiableKey key ? Optional.of(key) : Optional.empty();
    }

    /**
     * Keeps an answer.
     *
     * @param asked when the question was put
     */
    void learn(KeyReference reference, @Nullable VerifiableKey answer, long asked) {
        if (answer == null) {
            absent.put(reference, reference, asked);
        } else {
            keys.put(reference, answer, asked);
        }
    }

    /** Forgets what is known of the reference. */
    void forget(KeyReference reference) {
        keys.remove(reference);
        absent.remove(reference);
    }

    /** How many keys are kept. */
    int size() {
        return keys.size();
    }
}
