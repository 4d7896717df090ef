package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
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
            assertThat(store.lookUp(key.credential().reference())).contains(VerifiableKey.of(key));
            assertThatThrownBy(() -> store.write(keys -> {
                        throw new UnsupportedOperationException();
                    }))
                    .isInstanceOf(UnsupportedOperationException.class);

            assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    /** A look-up leaves no transaction open: the next one would see what was then, and the host's pool what it never began. */
    @ParameterizedTest
    @EnumSource
    void aLookUpEndsWhatItsConnectionBegins(Engine engine) throws SQLException {
        DatabaseSettings settings = engine.fresh();
        try (Database database = Database.open(settings);
                Connection connection = connection(settings)) {
            int snapshots = Dialect.of(connection).snapshotIsolation();
            connection.setTransactionIsolation(snapshots);
            connection.setAutoCommit(false);
            KeyStore store = new JdbiKeyStore(Jdbi.create(connection));
            ApiKey key = Samples.insert(database.store(), company);
            KeyReference reference = key.credential().reference();

            assertThat(store.lookUp(reference)).contains(VerifiableKey.of(key));
            ApiKey off = Samples.replace(database.store(), Samples.deactivated(key));
            assertThat(store.lookUp(reference)).contains(VerifiableKey.of(off));
            assertThat(store.lookUp(Set.of(reference))).containsExactly(VerifiableKey.of(off));
            ApiKey on = Samples.replace(store, Samples.activated(off));
            assertThat(store.lookUp(Set.of(reference))).containsExactly(VerifiableKey.of(on));

            assertThat(connection.getAutoCommit()).isFalse();
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(snapshots);
        }
    }

    /** Also the connections of a pool that begins a transaction with every first statement. */
    @ParameterizedTest
    @EnumSource
    void aPoolWithoutAutoCommitServesAsWell(Engine engine) {
        DatabaseSettings settings = engine.fresh();
        try (Database database = Database.open(settings);
                HikariDataSource pool = new HikariDataSource()) {
            assertThat(database.isReachable()).isTrue();
            pool.setJdbcUrl(DatabaseUrl.parse(settings.url()).jdbcUrl());
            pool.setUsername(settings.user().orElse("sa"));
            pool.setPassword(settings.password().orElse(""));
            pool.setAutoCommit(false);
            pool.setMaximumPoolSize(1);
            KeyStore store = new JdbiKeyStore(Jdbi.create(pool));

            ApiKey key = Samples.insert(store, company);
            assertThat(store.lookUp(key.credential().reference())).contains(VerifiableKey.of(key));
            ApiKey off = Samples.replace(store, Samples.deactivated(key));
            assertThat(store.lookUp(key.credential().reference())).contains(VerifiableKey.of(off));
            assertThat(Samples.stored(store, key)).contains(off);
        }
    }

    private static Connection connection(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(
                DatabaseUrl.parse(settings.url()).jdbcUrl(),
                settings.user().orElse("sa"),
                settings.password().orElse(""));
    }
}
