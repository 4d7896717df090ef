package dev.keywright.jdbi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** New databases for tests, each empty and nobody else's. They last until the JVM ends, or until they are closed. */
final class TestDatabases {

    private TestDatabases() {}

    static DatabaseSettings inMemory() {
        return DatabaseSettings.of("jdbc:h2:mem:" + UUID.randomUUID());
    }

    static DatabaseSettings inFile() {
        return inFile(folder());
    }

    static DatabaseSettings inFile(Path folder) {
        return DatabaseSettings.of("jdbc:h2:file:" + folder.resolve("keys").toAbsolutePath());
    }

    static DatabaseSettings onPostgres() {
        return PostgresServer.running().newDatabase();
    }

    /** A new folder under the build's, so that it goes with the next clean build. */
    static Path folder() {
        try {
            Path parent = Files.createDirectories(Path.of("target", "databases"));
            return Files.createTempDirectory(parent, "h2-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
