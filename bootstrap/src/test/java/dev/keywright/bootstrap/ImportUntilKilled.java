package dev.keywright.bootstrap;

import dev.keywright.jdbi.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A process that imports a file into a store, and tells its progress all the time: the clock that it looks at runs fast. */
final class ImportUntilKilled {

    private ImportUntilKilled() {}

    public static void main(String[] arguments) {
        Settings settings = Settings.read(System.getenv(), Map.of());
        AtomicLong clock = new AtomicLong();
        Progress progress = new Progress(
                new PrintWriter(System.out, true),
                Progress.Style.LINES,
                () -> clock.addAndGet(Duration.ofMinutes(1).toNanos()));
        StoreImport work = StoreImport.of(Path.of(arguments[0]), progress);
        try (Database database = Database.open(settings.database())) {
            work.into(database);
        }
    }
}
