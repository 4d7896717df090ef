package dev.keywright.jdbi;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A real PostgreSQL and a hot standby that streams from it, of Maven's binaries, both on this machine and for the tests of
 * this JVM. The standby's lag is whatever the test wants: its replay can be held up.
 */
final class StreamingStandby {

    private static final class Holder {
        private static final StreamingStandby ONE = start();
    }

    private final EmbeddedPostgres primary;
    private final Path standbyData;
    private EmbeddedPostgres standby;

    private StreamingStandby(EmbeddedPostgres primary, Path standbyData) throws IOException {
        this.primary = primary;
        this.standbyData = standbyData;
        this.standby = startOn(standbyData, 0);
    }

    /** Whether there are binaries for it: not where the tests were given a server. */
    static boolean isPossible() {
        return System.getProperty("keywright.test.postgres.url", "").isEmpty();
    }

    static StreamingStandby running() {
        return Holder.ONE;
    }

    private static StreamingStandby start() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "databases", "streaming-" + UUID.randomUUID()))
                    .toAbsolutePath();
            Path primaryData = folder.resolve("primary");
            Path standbyData = folder.resolve("standby");
            EmbeddedPostgres primary = EmbeddedPostgres.builder()
                    .setDataDirectory(primaryData)
                    .setServerConfig("wal_keep_size", "256MB")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("fsync", "off")
                    .start();
            backUp(primary, primaryData, standbyData);
            return new StreamingStandby(primary, standbyData);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void backUp(EmbeddedPostgres primary, Path from, Path to) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(primary.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            copy(from, to);
            try (ResultSet label = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                label.next();
                Files.writeString(to.resolve("backup_label"), label.getString(1));
            }
        }
        Files.writeString(to.resolve("standby.signal"), "");
        Files.writeString(
                to.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + primary.getPort() + " user=postgres'\n"
                        + "wal_retrieve_retry_interval = 200\n");
    }

    /** Files vanish while the server works: what is missing then is in its log. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(folder).toString());
                Files.createDirectories(copy);
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                boolean log = file.getParent().endsWith("pg_wal");
                if (!log && !name.startsWith("postmaster.") && !name.equals("epg-lock")) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static EmbeddedPostgres startOn(Path data, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("hot_standby", "on")
                .setServerConfig("fsync", "off");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    /** A new database, and that the standby has it too. */
    DatabaseSettings newDatabase() {
        String name = "keywright_" + UUID.randomUUID().toString().replace('-', '_');
        run(primary, "create database " + name);
        awaitReplay();
        return new DatabaseSettings(primary.getJdbcUrl("postgres", name), Optional.of("postgres"), Optional.empty())
                .withStandby(standby.getJdbcUrl("postgres", name));
    }

    /** Waits until the standby has all that the primary has acknowledged. */
    void awaitReplay() {
        String position = text(primary, "select pg_current_wal_flush_lsn()");
        until(() -> text(standby, "select pg_last_wal_replay_lsn() >= '" + position + "'::pg_lsn")
                .equals("t"));
    }

    /** From now on the standby receives changes and shows none of them. */
    void pauseReplay() {
        run(standby, "select pg_wal_replay_pause()");
        until(() -> text(standby, "select pg_get_wal_replay_pause_state()").equals("paused"));
    }

    void resumeReplay() {
        run(standby, "select pg_wal_replay_resume()");
        awaitReplay();
    }

    /** The standby crashes. */
    void kill() {
        ProcessHandle postmaster = ProcessHandle.of(postmaster()).orElseThrow();
        signal("QUIT", List.of(Long.toString(postmaster.pid())));
        try {
            postmaster.onExit().get(30, SECONDS);
            standby.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long postmaster() {
        try {
            return Long.parseLong(
                    Files.readAllLines(standbyData.resolve("postmaster.pid")).get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The standby comes back where it was. */
    void restart() {
        try {
            standby = startOn(standbyData, standby.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a signal to those who serve this database on the standby. */
    void signalBackends(String signal, List<String> pids) {
        signal(signal, pids);
    }

    /** Those who serve the look-ups on this database on the standby. */
    List<String> backends(DatabaseSettings settings) {
        String database = settings.url().replaceFirst(".*/", "").replaceFirst("\\?.*", "");
        return List.of(text(
                        standby,
                        "select coalesce(string_agg(pid::text, ' '), '') from pg_stat_activity where datname = '"
                                + database + "'")
                .split(" "));
    }

    private static void signal(String signal, List<String> pids) {
        try {
            List<String> command = new java.util.ArrayList<>(List.of("kill", "-" + signal));
            command.addAll(pids);
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(EmbeddedPostgres server, String sql) {
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(EmbeddedPostgres server, String sql) {
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for something that happens soon. */
    static void until(BooleanSupplier happened) {
        long end = System.nanoTime() + SECONDS.toNanos(60);
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it did not happen within a minute");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
