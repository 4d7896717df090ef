package dev.keywright.inmemory;

import dev.keywright.domain.VerifiableKey;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** One reference that is asked for, and those who wait for the answer. All of it belongs to who holds the lock. */
final class Load {

    /** Tells those who wait that it has ended, or that one of them is to ask. */
    final Condition changed;

    /** Whether the question was not put yet. */
    boolean waiting = true;

    boolean ended;
    /** When the question was put, in nanoseconds. */
    long asked;

    private @Nullable VerifiableKey found;
    private @Nullable Throwable failure;

    Load(Condition changed) {
        this.changed = changed;
    }

    /** The question is put now. */
    void begin(long now) {
        waiting = false;
        asked = now;
    }

    /** There is an answer, or there will be none. */
    void end(@Nullable VerifiableKey answer, @Nullable Throwable thrown) {
        found = answer;
        failure = thrown;
        ended = true;
        changed.signalAll();
    }

    /** The answer; or what was thrown instead is thrown again, as it is. */
    Optional<VerifiableKey> answer() {
        if (failure != null) {
            throw Load.<RuntimeException>unchecked(failure);
        }
        return Optional.ofNullable(found);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
