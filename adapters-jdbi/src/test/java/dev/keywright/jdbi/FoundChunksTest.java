package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.KeyAdministration;
import dev.keywright.domain.Description;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * H2 puts new states where old ones lay once these are older than 45 seconds, here at once. Whatever was
 * acknowledged is found again when the file is opened as it lies there, as after the end of the process.
 */
final class FoundChunksTest {

    private static final int CHANGES = 6;

    @TempDir
    private Path folder;

    @Test
    void theNewestChangeIsFoundWhereverItLies() throws Exception {
        DatabaseSettings settings = TestDatabases.inFile(folder);
        DatabaseUrl url = DatabaseUrl.parse(settings.url());

        assertThat(changesNotFound(settings, url)).isEmpty();
    }

    private List<Integer> changesNotFound(DatabaseSettings settings, DatabaseUrl url) throws Exception {
        Random random = new Random(7);
        List<Integer> lost = new ArrayList<>();
        try (Database database = Database.open(url, settings, 1, 1);
                Connection connection = DriverManager.getConnection(url.jdbcUrl(), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("set retention_time 0");
            KeyAdministration keys = StreamOfChanges.administration(database);
            for (int change = 1; change <= CHANGES; change++) {
                String text = "x".repeat(1 + random.nextInt(200));
                keys.create(
                        StreamOfChanges.CALLER,
                        KeyDraft.of(new UserId("alice")).withDescription(new Description(text)));
                if (eventsAsItLies(url) < change) {
                    lost.add(change);
                }
            }
        }
        return lost;
    }

    private long eventsAsItLies(DatabaseUrl url) throws IOException, SQLException {
        Path copy = folder.resolve("copy.mv.db");
        Files.copy(url.file().orElseThrow(), copy, StandardCopyOption.REPLACE_EXISTING);
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("copy"), "sa", "");
                Statement statement = connection.createStatement();
                ResultSet events = statement.executeQuery("select count(*) from api_key_event")) {
            events.next();
            return events.getLong(1);
        }
    }
}
