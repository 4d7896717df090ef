package dev.keywright.inmemory;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store in memory that notes what it is asked, and stops or fails where a test wants it to. */
final class ProbedStore implements KeyStore {

    private final KeyStore keys = new InMemoryKeyStore();
    private final Queue<Set<KeyReference>> questions = new ConcurrentLinkedQueue<>();

    private final Queue<Gate> beforeReading = new ConcurrentLinkedQueue<>();
    private final Queue<Gate> afterReading = new ConcurrentLinkedQueue<>();
    private final Queue<Gate> beforeCommit = new ConcurrentLinkedQueue<>();
    private final Queue<Gate> afterCommit = new ConcurrentLinkedQueue<>();

    private volatile @Nullable Throwable failureOfQuestions;
    private volatile @Nullable RuntimeException failureAfterCommit;

    /** All questions so far, in their order. */
    List<Set<KeyReference>> questions() {
        return List.copyOf(questions);
    }

    /** How often it was asked for this reference, alone or with others. */
    long questionsFor(KeyReference reference) {
        return questions.stream().filter(asked -> asked.contains(reference)).count();
    }

    /** Where the next question stops before it sees anything. */
    Gate stopBeforeReading() {
        return added(beforeReading);
    }

    /** Where the next question stops when it has seen the keys and not answered yet. */
    Gate stopAfterReading() {
        return added(afterReading);
    }

    /** Where the next write stops when its work is done and nobody sees it yet. */
    Gate stopBeforeCommit() {
        return added(beforeCommit);
    }

    /** Where the next write stops when everybody can see it and nobody was told. */
    Gate stopAfterCommit() {
        return added(afterCommit);
    }

    private static Gate added(Queue<Gate> gates) {
        Gate gate = new Gate();
        gates.add(gate);
        return gate;
    }

    private static void stop(Queue<Gate> gates) {
        Gate gate = gates.poll();
        if (gate != null) {
            gate.pass();
        }
    }

    /** From now on every question fails like this, or none if it is null. */
    void failQuestions(@Nullable Throwable failure) {
        failureOfQuestions = failure;
    }

    /** From now on every write fails like this once it has happened. */
    void failAfterCommit(RuntimeException failure) {
        failureAfterCommit = failure;
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        return answered(Set.of(reference), () -> keys.lookUp(reference));
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        Set<KeyReference> asked = Set.copyOf(references);
        return answered(asked, () -> keys.lookUp(asked));
    }

    private <R> R answered(Set<KeyReference> references, Supplier<R> reading) {
        questions.add(references);
        stop(beforeReading);
        R answer = reading.get();
        stop(afterReading);
        Throwable failure = failureOfQuestions;
        if (failure != null) {
            throw ProbedStore.<RuntimeException>asItIs(failure);
        }
        return answer;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T asItIs(Throwable failure) throws T {
        throw (T) failure;
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        return keys.read(work);
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        Queue<R> results = new ArrayDeque<>();
        keys.write(writer -> {
            results.add(work.apply(writer));
            stop(beforeCommit);
            return results;
        });
        stop(afterCommit);
        RuntimeException failure = failureAfterCommit;
        if (failure != null) {
            throw failure;
        }
        return results.remove();
    }
}
