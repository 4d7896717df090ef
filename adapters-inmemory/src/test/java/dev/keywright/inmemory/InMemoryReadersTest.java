package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.testkit.Samples;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Readers of the store in memory wait for nobody and keep nobody waiting, which is more than the contracts ask. */
final class InMemoryReadersTest {

    private final InMemoryKeyStore store = new InMemoryKeyStore();
    private final CompanyId company = Samples.company();

    private static <R> R onAnotherThread(Supplier<R> work) {
        return CompletableFuture.supplyAsync(work)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private Optional<ApiKey> stored(ApiKey key) {
        return Samples.stored(store, key);
    }

    @Test
    void aReaderDoesNotWaitForAWriter() {
        KeyChange birth = Samples.created(company);

        store.write(keys -> {
            keys.insert(birth, Samples.ACTOR);
            assertThat(onAnotherThread(() -> stored(birth.after()))).isEmpty();
            return birth;
        });

        assertThat(stored(birth.after())).contains(birth.after());
    }

    @Test
    void aWriterDoesNotWaitForAReader() {
        KeyChange birth = Samples.created(company);

        store.read((KeyReader keys) -> {
            onAnotherThread(() -> Samples.insert(store, birth));
            assertThat(keys.isEmpty()).isTrue();
            return keys;
        });

        assertThat(stored(birth.after())).contains(birth.after());
    }

    @Test
    void aReaderDoesNotWaitForAReader() {
        ApiKey key = Samples.insert(store, company);

        assertThat(store.<Optional<ApiKey>>read(keys -> onAnotherThread(() -> stored(key))))
                .contains(key);
    }
}
