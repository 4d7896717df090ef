package dev.keywright.inmemory;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store in memory that dawdles before it reads, before it answers, before it commits and before it tells of it, and that
 * fails at times: before a commit or, worse, after it.
 */
final class UnsteadyStore implements KeyStore {

    private static final int MOST_NANOS = 1_500_000;

    private final KeyStore keys = new InMemoryKeyStore();
    private final Random random;

    /**
     * @param seed of what it does when; threads make the rest of chance
     */
    UnsteadyStore(long seed) {
        this.random = new Random(seed);
    }

    /** The keys themselves, at once. */
    KeyStore keys() {
        return keys;
    }

    private void dawdle() {
        int mood = random.nextInt(8);
        if (mood == 0) {
            LockSupport.parkNanos(random.nextInt(MOST_NANOS));
        } else if (mood < 3) {
            Thread.yield();
        }
    }

    private void failAtTimes() {
        if (random.nextInt(50) == 0) {
            throw new StoreFailure("unsteady", new IOException("on purpose"));
        }
    }

    private <R> R answer(Supplier<R> reading) {
        dawdle();
        R answer = reading.get();
        dawdle();
        failAtTimes();
        return answer;
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        return answer(() -> keys.lookUp(reference));
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        return answer(() -> keys.lookUp(references));
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        return answer(() -> keys.<R>read(work));
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        return answer(() -> keys.<R>write(writer -> {
            R result = work.apply(writer);
            dawdle();
            failAtTimes();
            return result;
        }));
    }
}
