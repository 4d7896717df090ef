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
    private final long silence;
    /** Up to when changes that were made elsewhere are known. */
    private volatile long toldAsOf;

    /**
     * @param maxKeys 2 or more
     * @param maxAge positive
     * @param silence how long after the moment up to which changes were told this is still good; positive
     */
    Remembered(int maxKeys, Duration maxAge, Duration silence, long now) {
        this.keys = new Generations(maxKeys, maxAge, now);
        this.absent = new Generations(MOST_ABSENT, maxAge, now);
        this.silence = silence.toNanos();
        this.toldAsOf = now;
    }

    /** Nothing is good before somebody has told up to when it is. */
    void toldNothingYet() {
        toldAsOf -= silence;
    }

    /** All changes up to here are known. */
    void toldAsOf(long asOf) {
        toldAsOf = asOf;
    }

    /** The key with this reference, or the reference alone where no key has it; null if that is not known. */
    @Nullable
    Object find(KeyReference reference, long now) {
        if (now - toldAsOf >= silence) {
            return null;
        }
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

    /** Forgets all. */
    void forgetAll(long now) {
        keys.clear(now);
        absent.clear(now);
    }

    /** How many keys are kept. */
    int size() {
        return keys.size();
    }
}
