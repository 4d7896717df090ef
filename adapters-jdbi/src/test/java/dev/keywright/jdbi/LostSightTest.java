package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.testkit.Samples;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.h2.engine.Engine;
import org.junit.jupiter.api.Test;

/** R-62, ADR 28: an open file that H2 has taken out of its list is let go of, and opened anew. */
final class LostSightTest {

    private static final int ATTEMPTS = 5;

    private final CompanyId company = Samples.company();
    private final DatabaseSettings settings = TestDatabases.inFile();
    private final DatabaseUrl url = DatabaseUrl.parse(settings.url());
    private final Credentials credentials = Credentials.of(settings, Dialect.H2);

    /** As a database does that ends late: what it takes out of the list is the one that was opened meanwhile. */
    private void takeOutOfTheList() throws ReflectiveOperationException {
        Field databases = Engine.class.getDeclaredField("DATABASES");
        databases.setAccessible(true);
        String file = url.file().orElseThrow().toString().replace(".mv.db", "");
        assertThat(((Map<?, ?>) databases.get(null))
                        .keySet()
                        .removeIf(name -> String.valueOf(name).endsWith(file)))
                .isTrue();
    }

    /** Needs two connections, of which one is new. */
    private long countWithinARead(KeyStore store, ApiKey key) {
        return store.<Long>read(outer -> CompletableFuture.supplyAsync(
                        () -> Samples.stored(store, key).stream().count())
                .join());
    }

    private Optional<Long> tried(KeyStore store, ApiKey key) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Optional.of(countWithinARead(store, key));
            } catch (StoreFailure | CompletionException away) {
                assertThat(away).hasStackTraceContaining("SQLState 90020");
            }
        }
        return Optional.empty();
    }

    @Test
    void itIsOpenedAnewWithAllThatWasAcknowledged() throws ReflectiveOperationException {
        Migrations.of(url, credentials).migrate();
        try (Pools pools = Pools.open(url, credentials, 2, 1)) {
            KeyStore store = pools.store(Optional.empty(), true, () -> {});
            ApiKey key = Samples.insert(store, company);
            takeOutOfTheList();

            Optional<Long> found = tried(store, key);

            assertThat(found).contains(1L);
        }
    }
}
