package dev.keywright.bootstrap;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for the tests of this JVM, as in {@code adapters-jdbi}: the one that the system properties {@code
 * keywright.test.postgres.url}, {@code .user} and {@code .password} name, or else one from Maven's binaries.
 */
final class PostgresServer {

    private static final class Holder {
        private static final PostgresServer ONE = start();
    }

    private final String url;
    private final @Nullable String user;
    private final @Nullable String password;

    private PostgresServer(String url, @Nullable String user, @Nullable String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    static PostgresServer running() {
        return Holder.ONE;
    }

    /** The URL of the server that the tests were told to use. */
    static Optional<String> given() {
        return Optional.ofNullable(System.getProperty("keywright.test.postgres.url"))
                .filter(url -> !url.isEmpty());
    }

    private static PostgresServer start() {
        if (given().isPresent()) {
            return new PostgresServer(
                    given().get(),
                    System.getProperty("keywright.test.postgres.user"),
                    System.getProperty("keywright.test.postgres.password"));
        }
        try {
            EmbeddedPostgres started = EmbeddedPostgres.builder().start();
            return new PostgresServer(started.getJdbcUrl("postgres", "postgres"), "postgres", null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database of one's own. */
    final class Database {

        private final String name = "keywright_" + UUID.randomUUID().toString().replace('-', '_');

        private Database() {
            execute("create database " + name);
            Runtime.getRuntime().addShutdownHook(new Thread(this::dropIfUp));
        }

        private void dropIfUp() {
            try {
                execute("drop database if exists " + name + " with (force)");
            } catch (IllegalStateException serverGoneFirst) {
                // The embedded server ends at the same time and takes its databases with it.
            }
        }

        String url() {
            return url.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1");
        }

        Connection connect() throws SQLException {
            return DriverManager.getConnection(url(), user, password);
        }

        /** The settings of a service that keeps its keys here. */
        Map<String, String> environment() {
            Map<String, String> environment = new HashMap<>(Map.of("KEYWRIGHT_DB_URL", url()));
            if (user != null) {
                environment.put("KEYWRIGHT_DB_USER", user);
            }
            if (password != null) {
                environment.put("KEYWRIGHT_DB_PASSWORD", password);
            }
            return environment;
        }
    }

    /** A new database; it is dropped when the JVM ends. */
    Database newDatabase() {
        return new Database();
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
