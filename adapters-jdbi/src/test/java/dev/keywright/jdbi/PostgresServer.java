package dev.keywright.jdbi;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;

/**
 * A real PostgreSQL for the tests of this JVM: the one that the system properties {@code keywright.test.postgres.url},
 * {@code .user} and {@code .password} name, or else one from Maven's binaries, started when it is first asked for.
 */
final class PostgresServer {

    private static final class Holder {
        private static final PostgresServer ONE = start();
    }

    private final String url;
    private final Optional<String> user;
    private final Optional<String> password;

    private PostgresServer(String url, Optional<String> user, Optional<String> password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    static PostgresServer running() {
        return Holder.ONE;
    }

    private static PostgresServer start() {
        String given = System.getProperty("keywright.test.postgres.url", "");
        if (!given.isEmpty()) {
            return new PostgresServer(given, property("user"), property("password"));
        }
        try {
            EmbeddedPostgres started = EmbeddedPostgres.builder().start();
            return new PostgresServer(
                    started.getJdbcUrl("postgres", "postgres"), Optional.of("postgres"), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty("keywright.test.postgres." + name));
    }

    /** A new database; it is dropped when the JVM ends. */
    DatabaseSettings newDatabase() {
        String name = "keywright_" + UUID.randomUUID().toString().replace('-', '_');
        execute("create database " + name);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> dropIfUp(name)));
        return new DatabaseSettings(url.replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1"), user, password);
    }

    private void dropIfUp(String name) {
        try {
            execute("drop database if exists " + name + " with (force)");
        } catch (IllegalStateException serverGoneFirst) {
            // The embedded server ends at the same time and takes its databases with it.
        }
    }

    /** Runs a statement in the server's first database. */
    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url, user.orElse(null), password.orElse(null));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
