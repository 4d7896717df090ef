package dev.keywright.benchmarks.store;

import dev.keywright.jdbi.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where new databases come from; all that it made is gone when it is closed. */
interface Engine extends AutoCloseable {

    /** A new, empty database. */
    DatabaseSettings fresh(String name) throws SQLException;

    /** A connection as the product makes them, for whoever does without the product. */
    Connection connect(DatabaseSettings database) throws SQLException;

    /** A table with the numbers from one to another, both of them parameters, in its column {@code n}. */
    String numbers();

    /** What the server does by itself some time after rows were inserted. */
    String tidying();

    @Override
    void close() throws IOException;

    /** A PostgreSQL of its own that syncs at every commit, with more memory than the little that is set when it is delivered. */
    static Engine postgres() throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setServerConfig("shared_buffers", "512MB")
                .start();
        return new Engine() {
            @Override
            public DatabaseSettings fresh(String name) throws SQLException {
                try (Connection connection = connect(on("postgres"));
                        Statement statement = connection.createStatement()) {
                    statement.execute("create database " + name);
                }
                return on(name);
            }

            private DatabaseSettings on(String name) {
                return new DatabaseSettings(
                        server.getJdbcUrl("postgres", name), Optional.of("postgres"), Optional.empty());
            }

            @Override
            public Connection connect(DatabaseSettings database) throws SQLException {
                return DriverManager.getConnection(
                        database.url(), database.user().orElseThrow(), null);
            }

            @Override
            public String numbers() {
                return "generate_series(?::bigint, ?::bigint) as r(n)";
            }

            @Override
            public String tidying() {
                return "vacuum analyze";
            }

            @Override
            public void close() throws IOException {
                server.close();
            }

            @Override
            public String toString() {
                return "PostgreSQL";
            }
        };
    }

    /** H2 in files of a new folder. */
    static Engine h2() throws IOException {
        Path folder = Files.createTempDirectory("keywright-benchmark");
        return new Engine() {
            @Override
            public DatabaseSettings fresh(String name) {
                return DatabaseSettings.of("jdbc:h2:file:" + folder.resolve(name));
            }

            @Override
            public Connection connect(DatabaseSettings database) throws SQLException {
                return DriverManager.getConnection(
                        database.url().replace("jdbc:h2:file:", "jdbc:h2:keywright:uninterrupted:") + ";WRITE_DELAY=0",
                        "sa",
                        "");
            }

            @Override
            public String numbers() {
                return "(select x as n from system_range(?, ?)) r";
            }

            @Override
            public String tidying() {
                return "analyze";
            }

            @Override
            public void close() throws IOException {
                try (Stream<Path> inside = Files.walk(folder)) {
                    List<Path> deepestFirst =
                            inside.sorted(Comparator.reverseOrder()).toList();
                    for (Path path : deepestFirst) {
                        Files.delete(path);
                    }
                }
            }

            @Override
            public String toString() {
                return "H2";
            }
        };
    }
}
