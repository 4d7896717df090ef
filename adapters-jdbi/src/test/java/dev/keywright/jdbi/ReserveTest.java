package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.testkit.Samples;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** a disk that is nearly full refuses changes and not reads, before H2 meets its end. */
final class ReserveTest {

    private final CompanyId company = Samples.company();
    private final AtomicLong left = new AtomicLong(Reserve.BYTES);
    private final JdbcDataSource connections = new JdbcDataSource();
    private KeyStore store;

    @BeforeEach
    void open() {
        DatabaseSettings settings = TestDatabases.inFile();
        DatabaseUrl url = DatabaseUrl.parse(settings.url());
        Migrations.of(url, Credentials.of(settings, Dialect.H2)).migrate();
        connections.setUrl(url.jdbcUrl());
        connections.setUser("sa");
        store = JdbiKeyStore.prepared(
                connections, new Reserve(connections, left::get), Optional.empty(), null, () -> {});
    }

    @Test
    void belowItChangesAreRefusedAndReadsAreNot() {
        ApiKey key = Samples.insert(store, company);

        left.set(Reserve.BYTES - 1);

        assertThatThrownBy(() -> Samples.insert(store, company))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("53100")
                .hasRootCauseMessage("less than 4 MB are left on the disk of the database");
        assertThat(Samples.stored(store, key)).contains(key);
    }

    @Test
    void changesGoOnWhenThereIsSpaceAgain() {
        left.set(0);
        assertThatThrownBy(() -> Samples.insert(store, company)).isInstanceOf(StoreFailure.class);

        left.set(Reserve.BYTES);

        ApiKey key = Samples.insert(store, company);
        assertThat(Samples.stored(store, key)).contains(key);
    }

    @Test
    void whereNobodyCanTellThereIsEnough() {
        assertThat(Reserve.beside(Path.of("no", "such", "file")).getAsLong()).isGreaterThan(Reserve.BYTES);
    }
}
