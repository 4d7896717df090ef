package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.KeyStatus;
import dev.keywright.testkit.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** the schema has versions; a migration that was cut off is taken up again, and a newer schema is refused. */
final class MigrationsTest {

    private static final List<String> SCRIPTS = List.of(
            "V1__keys.sql",
            "V2__last_use.sql",
            "V3__counts.sql",
            "V4__feed.sql",
            "V5__secret_in_key.sql",
            "V6__no_secrets_beside_keys.sql");
    private static final String BROKEN = "dev/keywright/jdbi/broken";
    private static final String LONG = "dev/keywright/jdbi/longer";
    private static final String NEWER = "dev/keywright/jdbi/newer";

    @ParameterizedTest
    @EnumSource
    void migratingAgainChangesNothing(Engine engine) {
        on(engine, database -> {
            Migrations.migrate(database);
            ApiKey key = Samples.insert(new JdbiKeyStore(Jdbi.create(database)), Samples.company());

            Migrations.migrate(database);

            assertThat(Samples.stored(new JdbiKeyStore(Jdbi.create(database)), key))
                    .contains(key);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aMigrationCutOffAfterAnyStatementIsTakenUpAgain(Engine engine) {
        for (int version = 1; version <= SCRIPTS.size(); version++) {
            List<String> statements = statements(SCRIPTS.get(version - 1));
            for (int done = 1; done <= statements.size(); done++) {
                String before = String.valueOf(version - 1);
                List<String> half = statements.subList(0, done);
                on(engine, database -> {
                    upTo(before, database);
                    Jdbi.create(database).useHandle(sql -> half.forEach(sql::execute));

                    Migrations.migrate(database);

                    JdbiKeyStore store = new JdbiKeyStore(Jdbi.create(database));
                    ApiKey key = Samples.insert(store, Samples.company());
                    assertThat(Samples.stored(store, key)).contains(key);
                    assertThat(totals(store, key)).containsExactly(1, 0);
                });
            }
        }
    }

    private static void upTo(String version, DataSource database) {
        if (!version.equals("0")) {
            Migrations.configuration(Migrations.SCRIPTS)
                    .dataSource(database)
                    .target(version)
                    .load()
                    .migrate();
        }
    }

    /** Else an upgrade of many keys that was cut off would lose their secrets. */
    @ParameterizedTest
    @EnumSource
    void secretsSurviveAMoveThatIsCutOffAfterAnyStatement(Engine engine) {
        List<String> statements = statements("V5__secret_in_key.sql");
        for (int done = 1; done <= statements.size(); done++) {
            List<String> half = statements.subList(0, done);
            on(engine, database -> {
                ApiKey key = keyOfTheFirstRelease(database);
                upTo("4", database);
                Jdbi.create(database).useHandle(sql -> half.forEach(sql::execute));

                Migrations.migrate(database);

                JdbiKeyStore store = new JdbiKeyStore(Jdbi.create(database));
                assertThat(Samples.stored(store, key)).contains(key);
                assertThat(store.lookUp(key.credential().reference())).isPresent();
            });
        }
    }

    /** A database of the first release, with a key in it. */
    @ParameterizedTest
    @EnumSource
    void keysFromBeforeUsesWereNotedWereNeverUsed(Engine engine) {
        on(engine, database -> {
            ApiKey key = keyOfTheFirstRelease(database);

            Migrations.migrate(database);

            assertThat(Samples.stored(new JdbiKeyStore(Jdbi.create(database)), key))
                    .contains(key);
            assertThat(key.lastUse()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void keysFromBeforeTheyWereCountedAreCounted(Engine engine) {
        on(engine, database -> {
            ApiKey key = keyOfTheFirstRelease(database);

            Migrations.migrate(database);

            JdbiKeyStore store = new JdbiKeyStore(Jdbi.create(database));
            assertThat(totals(store, key)).containsExactly(1, 0);
            Samples.replace(store, Samples.deactivated(key));
            assertThat(totals(store, key)).containsExactly(0, 1);
        });
    }

    private static long[] totals(JdbiKeyStore store, ApiKey key) {
        return store.read(keys ->
                new long[] {keys.count(key.company(), KeyStatus.ACTIVE), keys.count(key.company(), KeyStatus.INACTIVE)
                });
    }

    private static ApiKey keyOfTheFirstRelease(DataSource database) {
        ApiKey key = Samples.created(Samples.company()).after();
        Jdbi.create(database).useHandle(sql -> {
            statements("V1__keys.sql").forEach(sql::execute);
            Values values = KeyColumns.key(key);
            sql.createUpdate("""
                            insert into api_key (company_id, id, user_id, description, allowed_addresses, scopes,
                                   api_version, api_version_since, api_version_trail, expires_at, enabled, active,
                                   updated_at, deleted_at, revision)
                            values (:company, :id, :user, :description, :addresses, :scopes,
                                   :version, :since, :trail, :expiry, :enabled, :active,
                                   :updated, :deleted, :revision)
                            """).bindNamedArgumentFinder(values).execute();
            sql.createUpdate("""
                            insert into api_key_secret (reference, company_id, key_id, prefix, digest_scheme, digest)
                            values (:reference, :company, :id, :prefix, :scheme, :digest)
                            """).bindNamedArgumentFinder(values).execute();
        });
        return key;
    }

    @ParameterizedTest
    @EnumSource
    void aMigrationThatFailedIsTakenUpAgainOnceItsScriptIsRight(Engine engine) {
        on(engine, database -> {
            Migrations.migrate(database);
            JdbiKeyStore store = new JdbiKeyStore(Jdbi.create(database));
            ApiKey key = Samples.insert(store, Samples.company());
            assertThatThrownBy(() ->
                            Migrations.of(database, Migrations.SCRIPTS, BROKEN).migrate())
                    .isInstanceOf(DatabaseRefusedException.class)
                    .hasMessageContaining("could not be brought to this version's schema");

            Migrations.of(database, Migrations.SCRIPTS, NEWER).migrate();

            assertThat(Samples.stored(store, key)).contains(key);
            assertThat(Jdbi.create(database)
                            .<Integer, RuntimeException>withHandle(
                                    sql -> sql.createQuery("select count(*) from half_way")
                                            .mapTo(int.class)
                                            .one()))
                    .isZero();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aNewerSchemaIsRefused(Engine engine) {
        DatabaseSettings settings = engine.fresh();
        on(settings, database -> {
            Migrations.of(database, Migrations.SCRIPTS, NEWER).migrate();

            assertThatThrownBy(() -> Migrations.migrate(database))
                    .isInstanceOf(DatabaseRefusedException.class)
                    .hasMessageContaining("schema version 999")
                    .hasMessageContaining("newer");
            assertThatThrownBy(() -> Database.open(settings)).isInstanceOf(DatabaseRefusedException.class);
        });
    }

    /** Or an upgrade that counts or indexes more keys than the limit allows would fail at every start. */
    @ParameterizedTest
    @EnumSource
    void aMigrationMayTakeLongerThanAStatementThatServesARequest(Engine engine) {
        DatabaseSettings settings = engine.fresh();
        on(
                settings,
                database -> Jdbi.create(database).useHandle(sql -> {
                    DatabaseUrl url = endingStatementsAfter20Millis(settings, sql);
                    Credentials credentials = Credentials.of(settings, url.dialect());

                    Migrations.of(url, credentials, Migrations.SCRIPTS, LONG).migrate();

                    assertThat(sql.createQuery("select count(*) from digit")
                                    .mapTo(int.class)
                                    .one())
                            .isEqualTo(11);
                }));
    }

    private static DatabaseUrl endingStatementsAfter20Millis(DatabaseSettings settings, Handle sql) {
        DatabaseUrl url = DatabaseUrl.parse(settings.url());
        if (url.dialect() == Dialect.H2) {
            return new DatabaseUrl(
                    url.dialect(), url.jdbcUrl().replace("QUERY_TIMEOUT=5000", "QUERY_TIMEOUT=20"), url.file());
        }
        String name =
                sql.createQuery("select current_database()").mapTo(String.class).one();
        sql.execute("alter database " + name + " set statement_timeout = 20");
        return url;
    }

    @ParameterizedTest
    @EnumSource
    void tablesOfTheHostAreLeftAlone(Engine engine) {
        on(engine, database -> {
            Jdbi.create(database).useHandle(sql -> {
                sql.execute("create table flyway_schema_history (mine int)");
                sql.execute("insert into flyway_schema_history (mine) values (7)");
            });

            Migrations.migrate(database);

            assertThat(Jdbi.create(database)
                            .<Integer, RuntimeException>withHandle(
                                    sql -> sql.createQuery("select mine from flyway_schema_history")
                                            .mapTo(int.class)
                                            .one()))
                    .isEqualTo(7);
        });
    }

    private static void on(Engine engine, Consumer<DataSource> test) {
        on(engine.fresh(), test);
    }

    private static void on(DatabaseSettings settings, Consumer<DataSource> test) {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(DatabaseUrl.parse(settings.url()).jdbcUrl());
            database.setUsername(settings.user().orElse("sa"));
            database.setPassword(settings.password().orElse(""));
            database.setMaximumPoolSize(3);
            test.accept(database);
        }
    }

    private static List<String> statements(String name) {
        try (InputStream script = Migrations.class.getResourceAsStream("/" + Migrations.SCRIPTS + "/" + name)) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8).replaceAll("--[^\n]*", "");
            return Arrays.stream(text.split(";"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
