package dev.keywright.bootstrap;

import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.StoreSnapshot;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit export}. */
@Command(
        name = "export",
        description = {
            "Write the events of all companies, oldest first, as lines of JSON.",
            "With --append it goes on behind the last whole line of the file, so that it can be run every minute."
        })
final class AuditExportCommand extends OnWholeStore {

    @Parameters(paramLabel = "<file>", description = "where to write them; - is standard output")
    private String file = "";

    @Option(names = "--after", paramLabel = "<sequence>", description = "only events after the one with this sequence")
    private @Nullable String after;

    @Option(names = "--append", description = "go on with a file that is there; a last line that was cut off is mended")
    private boolean append;

    @Option(names = "--force", description = "replace a file that is there")
    private boolean force;

    AuditExportCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        Values values = new Values();
        Optional<Long> from = values.one("--after", after, AuditExportCommand::sequence);
        values.require(!append || after == null, "--after: the file says where to go on, with --append");
        values.require(!append || !force, "--append and --force: only one of them");
        values.require(!append || !file.equals(STANDARD), "--append: standard output cannot be gone on with");
        values.finish();
        try (Database database = existing(settings())) {
            if (append) {
                append(database);
            } else {
                write(database, from.orElse(0L));
            }
        }
        return ExitStatus.OK.number();
    }

    private static long sequence(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new InvalidValueException("A sequence is a whole number from 0");
        }
        return Long.parseLong(text);
    }

    private void write(Database database, long from) {
        if (file.equals(STANDARD)) {
            write(database, from, line -> out().write(line + "\n"));
            return;
        }
        try (NewFile trail = NewFile.at(Path.of(file), force)) {
            long written = write(database, from, trail::line);
            trail.take();
            tell(written);
        }
    }

    private void tell(long written) {
        out().println(Progress.grouped(written) + " events are written to " + file);
    }

    private void append(Database database) {
        try (GrowingTrail trail = GrowingTrail.open(Path.of(file))) {
            Optional<RecordedEvent> last = trail.last();
            last.ifPresent(event -> requireOfThisStore(database, event));
            long written = write(database, last.map(RecordedEvent::sequence).orElse(0L), trail::line);
            trail.keep();
            tell(written);
        }
    }

    private void requireOfThisStore(Database database, RecordedEvent last) {
        try (StoreSnapshot snapshot = database.snapshot()) {
            if (!snapshot.event(last.sequence()).equals(Optional.of(last))) {
                throw new CommandFailure(
                        ExitStatus.REFUSED,
                        "The last event of " + file + ", " + last.sequence()
                                + ", is not in this store: it is another store,"
                                + " or an older state of it that was restored. Replay the file on it with keywright"
                                + " audit replay, then begin a new file.");
            }
        }
    }

    /** Leaves out what is not settled: an event with a smaller sequence could appear behind it. */
    private long write(Database database, long from, Consumer<String> lines) {
        long last = database.settledEvents();
        Progress progress = progress();
        long written = 0;
        try (StoreSnapshot snapshot = database.snapshot()) {
            progress.begin("exported", Math.max(0, last - from));
            for (Iterator<RecordedEvent> events = snapshot.events(from, last); events.hasNext(); written++) {
                lines.accept(RowJson.line(events.next()));
                progress.step();
            }
        }
        progress.end();
        return written;
    }
}
