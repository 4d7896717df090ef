package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.domain.CompanyId;
import dev.keywright.testkit.Samples;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** an H2 file that has fallen back to an older state while it is open is not gone on with. */
final class KeptEventsTest {

    private final CompanyId company = Samples.company();
    private final DatabaseSettings settings = TestDatabases.inFile();

    private void fallBack(int events) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        DatabaseUrl.parse(settings.url()).jdbcUrl(), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("delete from api_key_event where sequence > " + events);
        }
    }

    @Test
    void noNewConnectionSeesLessThanWasAcknowledged() throws SQLException {
        KeptEvents kept = new KeptEvents();
        try (Database database = Database.open(settings)) {
            Samples.insertAll(database.store(), Samples.created(company, 3));
            Reconnecting connections =
                    new Reconnecting(DatabaseUrl.parse(settings.url()), Credentials.of(settings, Dialect.H2), kept);
            try (Connection whole = connections.getConnection()) {
                kept.note(whole);
            }
            connections.getConnection().close();

            fallBack(2);

            assertThatThrownBy(connections::getConnection)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("fallen back behind event 3");
        }
    }

    @Test
    void theNextStartIsRefusedToo() throws SQLException {
        Database database = Database.open(settings);
        Samples.insertAll(database.store(), Samples.created(company, 3));
        fallBack(2);
        database.close();

        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining("has lost its last changes");
    }
}
