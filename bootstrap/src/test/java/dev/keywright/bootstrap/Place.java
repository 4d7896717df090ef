package dev.keywright.bootstrap;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** Where a test can have a store of its own. */
enum Place {
    H2,
    POSTGRESQL;

    /** The settings of a new, empty store. A folder is only needed for those in a file. */
    Map<String, String> fresh(Path folder) {
        return switch (this) {
            case H2 ->
                Map.of(
                        "KEYWRIGHT_DB_URL",
                        "jdbc:h2:file:"
                                + folder.resolve("keys-" + UUID.randomUUID()).toAbsolutePath());
            case POSTGRESQL -> PostgresServer.running().newDatabase().environment();
        };
    }
}
