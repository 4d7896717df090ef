package dev.keywright.testkit;

import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Keys to verify, a list of the notes that were written of them, and trouble with writes as it is ordered. */
final class NotingStore extends ReferenceStore {

    /** What was written, unit of work by unit of work. */
    final List<List<NotedUse>> written;

    private final Map<KeyReference, VerifiableKey> keys = new ConcurrentHashMap<>();
    private volatile Runnable beforeWrite = () -> {};

    private NotingStore(List<List<NotedUse>> written) {
        super(state -> new ReferenceWork(state) {
            @Override
            public void noteUses(Collection<NotedUse> uses) {
                super.noteUses(uses);
                written.add(List.copyOf(uses));
            }
        });
        this.written = written;
    }

    NotingStore() {
        this(new CopyOnWriteArrayList<>());
    }

    /** A key that is looked up; it is in no list, and nothing is noted beside it. */
    void hold(ApiKey key) {
        keys.put(key.credential().reference(), VerifiableKey.of(key));
    }

    /** What happens from now on before each write. */
    void beforeWrite(Runnable trouble) {
        beforeWrite = trouble;
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        return Optional.ofNullable(keys.get(reference));
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        beforeWrite.run();
        return super.write(work);
    }
}
