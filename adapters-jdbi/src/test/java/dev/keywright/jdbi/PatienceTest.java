package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the store waits for a database, as the databases themselves understood it; and that they wait for the disk. */
final class PatienceTest {

    @Test
    @Tag("R-58")
    void nobodyWaitsMoreThanTwoSecondsForAConnection() {
        assertThat(Pools.PATIENCE_MILLIS).isBetween(250, 2_000);
    }

    @Test
    @Tag("R-58")
    void aStatementOnH2EndsAfterFiveSecondsAndWaitingForARowAfterHalfOfOne() {
        Jdbi h2 = Jdbi.create(DatabaseUrl.parse(TestDatabases.inMemory().url()).jdbcUrl(), "sa", "");

        String ends = h2.withHandle(PatienceTest::endOfStatements);
        int waits = h2.withHandle(
                sql -> sql.createQuery("call lock_timeout()").mapTo(int.class).one());

        assertThat(ends).isEqualTo("5000");
        assertThat(waits).isEqualTo(500);
    }

    private static String endOfStatements(Handle sql) {
        return sql.createQuery("select setting_value from information_schema.settings"
                        + " where setting_name = 'QUERY_TIMEOUT'")
                .mapTo(String.class)
                .one();
    }

    @Test
    void workOnAllKeysOfH2TakesItsTime() throws SQLException {
        Jdbi h2 = Jdbi.create(DatabaseUrl.parse(TestDatabases.inMemory().url()).jdbcUrl(), "sa", "");

        String ends = h2.<String, SQLException>withHandle(sql -> {
            Dialect.H2.liftLimits(sql.getConnection());
            return endOfStatements(sql);
        });

        assertThat(ends).isEqualTo("0");
    }

    @Test
    void workOnAllKeysOfPostgresqlTakesItsTimeWhateverTheRoleIsAllowed() throws SQLException {
        postgres().<SQLException>useHandle(sql -> {
            sql.execute("set statement_timeout = 2000; set lock_timeout = 1000");
            Dialect.POSTGRESQL.liftLimits(sql.getConnection());

            assertThat(setting(sql, "statement_timeout")).isEqualTo("0");
            assertThat(setting(sql, "lock_timeout")).isEqualTo("0");
        });
    }

    private static Jdbi postgres() {
        DatabaseSettings server = TestDatabases.onPostgres();
        return Jdbi.create(
                server.url(), server.user().orElseThrow(), server.password().orElse(""));
    }

    private static String setting(Handle sql, String name) {
        return sql.createQuery("select current_setting(:name)")
                .bind("name", name)
                .mapTo(String.class)
                .one();
    }

    @Test
    @Tag("R-58")
    void aStatementOnPostgresqlEndsAndWaitsAsBriefly() {
        for (String initially : List.of(Dialect.POSTGRESQL.forReading(), Dialect.POSTGRESQL.forWriting())) {
            postgres().useHandle(sql -> {
                sql.execute(initially);

                assertThat(setting(sql, "statement_timeout")).isEqualTo("5s");
                assertThat(setting(sql, "lock_timeout")).isEqualTo("500ms");
            });
        }
    }

    /** The server's own report of a statement that took too long is worth more than our giving up. */
    @Test
    @Tag("R-58")
    void aSilentPostgresqlIsGivenUpSoonAfterItShouldHaveEndedTheStatementItself() {
        assertThat(Dialect.POSTGRESQL.connectionProperties())
                .containsEntry("socketTimeout", "6")
                .containsEntry("connectTimeout", "2");
        assertThat(Dialect.POSTGRESQL.reconnectionProperties()).containsEntry("loginTimeout", "3");
    }

    /** What was acknowledged survives the server's loss of power, unless the server was told to wait for more than its disk. */
    @ParameterizedTest
    @CsvSource({"off, on", "on, on", "local, local", "remote_write, remote_write", "remote_apply, remote_apply"})
    @Tag("R-61")
    void aCommitOnPostgresqlWaitsForTheDisk(String configured, String inForce) {
        postgres().useHandle(sql -> {
            sql.execute("set synchronous_commit = " + configured);
            sql.execute(Dialect.POSTGRESQL.forWriting());

            assertThat(setting(sql, "synchronous_commit")).isEqualTo(inForce);
        });
    }
}
