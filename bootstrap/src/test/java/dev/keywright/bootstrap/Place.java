package dev.keywright.bootstrap;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/** Where a test can have a store of its own. */
enum Place {
    H2,
    POSTGRESQL;

    private static final class Server {
        private static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The settings of a new, empty store. A folder is only needed for those in a file. */
    Map<String, String> fresh(Path folder) {
        String name = "keywright_" + UUID.randomUUID().toString().replace('-', '_');
        return Map.of(
                "KEYWRIGHT_DB_URL",
                this == H2
                        ? "jdbc:h2:file:" + folder.resolve(name).toAbsolutePath()
                        : Server.ONE.getJdbcUrl("postgres", created(name)));
    }

    private static String created(String name) {
        try (Connection connection = Server.ONE.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
