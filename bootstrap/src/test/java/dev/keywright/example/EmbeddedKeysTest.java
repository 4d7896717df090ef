package dev.keywright.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.CompanyId;
import dev.keywright.inmemory.InMemoryKeyStore;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of the README does what it says, and the README shows it as it is compiled. */
final class EmbeddedKeysTest {

    private static final Path SOURCE = Path.of("src/test/java/dev/keywright/example/EmbeddedKeys.java");

    @Test
    void aKeyThatIsGivenOpensWhatItIsFor() {
        EmbeddedKeys keys = new EmbeddedKeys(new InMemoryKeyStore());

        String secret = keys.give("acme", "alice");

        assertThat(secret).startsWith("acme_live_");
        assertThat(keys.mayRead(secret, "203.0.113.7")).contains(new CompanyId("acme"));
        assertThat(keys.mayRead(secret + "x", "203.0.113.7")).isEmpty();
    }

    @Test
    void itWorksOverADatabaseToo() {
        try (Database database = Database.open(DatabaseSettings.of("jdbc:h2:mem:embedded"))) {
            EmbeddedKeys keys = new EmbeddedKeys(database.store());

            assertThat(keys.mayRead(keys.give("acme", "alice"), "203.0.113.7")).contains(new CompanyId("acme"));
        }
    }

    @Test
    void theReadmeShowsTheVeryCode() throws IOException {
        String source = Files.readString(SOURCE);
        String shown = source.substring(source.indexOf("/** Keys of one's own"));

        assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + shown + "```\n");
    }
}
