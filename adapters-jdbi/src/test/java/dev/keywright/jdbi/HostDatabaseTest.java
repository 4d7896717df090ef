package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import dev.keywright.testkit.Samples;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The store on connections that a host hands in, as they come. */
final class HostDatabaseTest {

    private final CompanyId company = Samples.company();

    /** all tables are seen as of the first look, whatever is committed meanwhile. */
    @ParameterizedTest
    @EnumSource
    void aReadSeesOneSnapshotOfAllTables(Engine engine) {
        try (Database database = Database.open(engine.fresh())) {
            assertOneSnapshot(database.store());
        }
        DatabaseSettings settings = engine.fresh();
        try (Database kept = Database.open(settings)) {
            assertThat(kept.isReachable()).isTrue();
            assertOneSnapshot(new JdbiKeyStore(Jdbi.create(() -> connection(settings))));
        }
    }

    private void assertOneSnapshot(KeyStore store) {
        ApiKey key = Samples.insert(store, company);
        store.read(keys -> {
            assertThat(keys.count(company, KeyStatus.ACTIVE)).isEqualTo(1);
            CompletableFuture.runAsync(() -> {
                        Samples.replace(store, Samples.deactivated(key));
                        Samples.insert(store, company);
                    })
                    .join();
            assertThat(keys.events(company, key.id())).hasSize(1);
            assertThat(keys.find(company, key.id())).contains(key);
            assertThat(keys.newest(company)).contains(key.id());
            assertThat(keys.count(company, KeyStatus.INACTIVE)).isZero();
            return key;
        });
        assertThat(store.<Long>read(keys -> keys.count(company, KeyStatus.INACTIVE)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void connectionsAreGivenBackAsTheyCame(Engine engine) throws SQLException {
        DatabaseSettings settings = engine.fresh();
        try (Database kept = Database.open(settings);
                Connection connection = connection(settings)) {
            assertThat(kept.isReachable()).isTrue();
            int isolation = connection.getTransactionIsolation();
            KeyStore store = new JdbiKeyStore(Jdbi.create(connection));

            ApiKey key = Samples.insert(store, company);
            assertThat(Samples.stored(store, key)).contains(key);
            assertThatThrownBy(() -> store.write(keys -> {
                        throw new UnsupportedOperationException();
                    }))
                    .isInstanceOf(UnsupportedOperationException.class);

            assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    private static Connection connection(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(
                DatabaseUrl.parse(settings.url()).jdbcUrl(),
                settings.user().orElse("sa"),
                settings.password().orElse(""));
    }
}
