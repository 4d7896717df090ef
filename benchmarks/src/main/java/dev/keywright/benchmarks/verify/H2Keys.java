package dev.keywright.benchmarks.verify;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.Actor;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keys in an H2 file, opened as the product opens it. */
final class H2Keys implements AutoCloseable {
    private static final Actor MAKER = new Actor("host");
    private static final int CONNECTIONS = 8;

    /** In random order. */
    final String[] presented;

    private final Path folder;
    private final Database database;

    H2Keys(int count) throws IOException {
        folder = Files.createTempDirectory("keywright-benchmark");
        database = Database.open(DatabaseSettings.of("jdbc:h2:file:" + folder.resolve("keys")));
        List<Population.Made> made = Population.known().make(count, false);
        database.store().write(keys -> {
            made.forEach(key -> keys.insert(key.change(), MAKER));
            return count;
        });
        presented = Population.shuffled(
                made.stream().map(Population.Made::presented).toList());
    }

    KeyStore store() {
        return database.store();
    }

    /** More connections to the same open database, for whoever does without the product. */
    HikariDataSource pool() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:keywright:uninterrupted:" + folder.resolve("keys"));
        config.setUsername("sa");
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    @Override
    public void close() {
        database.close();
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
