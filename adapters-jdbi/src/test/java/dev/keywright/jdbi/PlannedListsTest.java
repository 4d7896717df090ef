package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import dev.keywright.testkit.Samples;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** a list is planned for the company it is about, however often it was asked for before. */
final class PlannedListsTest {

    @Test
    void listsAreNeverPlannedOnceForAllCompanies() throws SQLException {
        DatabaseSettings settings = TestDatabases.onPostgres();
        try (Database database = Database.open(settings);
                Connection connection = DriverManager.getConnection(
                        settings.url(),
                        settings.user().orElseThrow(),
                        settings.password().orElse(""))) {
            CompanyId company = Samples.company();
            ApiKey key = Samples.insert(database.store(), company);
            JdbiKeyStore store = new JdbiKeyStore(Jdbi.create(connection));

            for (int time = 0; time < 20; time++) {
                store.read(keys -> keys.older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 26));
                store.read(keys -> keys.newer(company, KeyStatus.ACTIVE, ApiKeyId.OLDEST, 26));
                store.read(keys -> keys.find(company, key.id()));
            }

            assertThat(named(connection, "and active = ")).isZero();
            assertThat(named(connection, "and id = ")).isEqualTo(1);
        }
    }

    /** How many statements with this text the server keeps under a name. */
    private static int named(Connection connection, String text) {
        return Jdbi.create(connection)
                .withHandle(sql -> sql.createQuery(
                                "select count(*) from pg_prepared_statements where strpos(statement, :text) > 0")
                        .bind("text", text)
                        .mapTo(int.class)
                        .one());
    }
}
