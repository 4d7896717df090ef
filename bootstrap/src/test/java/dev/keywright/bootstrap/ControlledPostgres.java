package dev.keywright.bootstrap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A PostgreSQL that a test may stop and start again, with its data in a folder and always on the same port. It is the test's
 * own, whatever server the other tests were told to use.
 */
final class ControlledPostgres implements AutoCloseable {

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private ControlledPostgres(Path data, int port) {
        this.data = data;
        this.port = port;
        this.server = up();
    }

    /** Starts an empty one that keeps its data below this folder. */
    static ControlledPostgres start(Path folder) {
        try {
            return new ControlledPostgres(folder.resolve("postgres"), freePort());
        } catch (UncheckedIOException | IllegalStateException cannotRunHere) {
            // Who names a server of their own may be on a machine where none of ours runs.
            assumeTrue(PostgresServer.given().isEmpty(), "No PostgreSQL of the test's own runs here: " + cannotRunHere);
            throw cannotRunHere;
        }
    }

    /** A port on which nobody listens. */
    static int freePort() {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedPostgres up() {
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** The URL for those who come on the direct way. */
    String url() {
        return url(port);
    }

    /** The URL for those who come by way of another port, such as that of a {@link TcpProxy}. */
    static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    /** What {@code pg_ctl stop -m immediate} does: all its processes are gone at once, as in a crash. */
    void stopImmediately() {
        Signals.send("QUIT", postmaster());
        try {
            server.getProcess().waitFor();
            server.close();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts it again on the data that it left; returns when it can be used. */
    void startAgain() {
        server = up();
    }

    private long postmaster() {
        try {
            return Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
