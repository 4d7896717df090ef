package dev.keywright.bootstrap;

import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.jdbi.StoredRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A trail in a file, read event by event, in the order of their sequence. A last line that was cut off is no event yet. */
final class Trail implements AutoCloseable {

    private final Path file;
    private final LineReader lines;
    private long newest;

    private Trail(Path file, LineReader lines) {
        this.file = file;
        this.lines = lines;
    }

    static Trail open(Path file) {
        try {
            return new Trail(file, new LineReader(Files.newInputStream(file)));
        } catch (IOException e) {
            throw unreadable(file);
        }
    }

    private static CommandFailure unreadable(Path file) {
        return new CommandFailure(ExitStatus.USAGE, file + " cannot be read");
    }

    /** The event that a line tells; empty if it tells none. */
    static Optional<RecordedEvent> event(String line) {
        try {
            return RowJson.row(line) instanceof StoredRow.Event event ? Optional.of(event.event()) : Optional.empty();
        } catch (UnreadableLineException e) {
            return Optional.empty();
        }
    }

    /** The next event; empty behind the last. */
    Optional<RecordedEvent> next() {
        try {
            Optional<RecordedEvent> event = lines.nextWhole().map(Trail::read);
            event.ifPresent(this::requireLater);
            return event;
        } catch (UnreadableLineException e) {
            throw new CommandFailure(ExitStatus.USAGE, file + ": line " + lines.number() + " " + e.getMessage());
        } catch (IOException e) {
            throw unreadable(file);
        }
    }

    private static RecordedEvent read(String line) {
        if (RowJson.row(line) instanceof StoredRow.Event event) {
            return event.event();
        }
        throw new UnreadableLineException("is no event");
    }

    private void requireLater(RecordedEvent event) {
        if (event.sequence() <= newest) {
            throw new UnreadableLineException(
                    "is out of order: trails of a store before and after it was restored are replayed one by one");
        }
        newest = event.sequence();
    }

    /** The greatest sequence that was read. */
    long newest() {
        return newest;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw unreadable(file);
        }
    }
}
