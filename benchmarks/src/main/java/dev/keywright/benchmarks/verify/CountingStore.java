package dev.keywright.benchmarks.verify;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Counts what a store is asked, each question once, however many references it is about. */
final class CountingStore implements KeyStore {
    private final KeyStore store;
    private final LongAdder questions = new LongAdder();
    private final LongAdder writes = new LongAdder();

    CountingStore(KeyStore store) {
        this.store = store;
    }

    long questions() {
        return questions.sum();
    }

    long writes() {
        return writes.sum();
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        questions.increment();
        return store.lookUp(reference);
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        questions.increment();
        return store.lookUp(references);
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        questions.increment();
        return store.read(work);
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        writes.increment();
        return store.write(work);
    }
}
