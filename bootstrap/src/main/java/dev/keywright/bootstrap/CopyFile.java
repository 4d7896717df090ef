package dev.keywright.bootstrap;

import dev.keywright.jdbi.RowCounts;
import dev.keywright.jdbi.StoredRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a store in a file, read row by row. What is not as an export writes it ends the reading with the number of the line: only
 * once the last row was taken is it known that counts and digest are right.
 */
final class CopyFile implements Iterator<StoredRow>, AutoCloseable {

    private final Path file;
    private final LineReader lines;
    private final String header;
    private final Tally tally;
    private @Nullable StoredRow next;
    private String end = "";

    private CopyFile(Path file, InputStream content) throws IOException {
        this.file = file;
        this.lines = new LineReader(content);
        this.header = checkedHeader();
        this.tally = new Tally(header);
        advance();
    }

    static CopyFile open(Path file) {
        InputStream content = null;
        try {
            content = Files.newInputStream(file);
            return new CopyFile(file, content);
        } catch (IOException | CommandFailure e) {
            closeQuietly(content);
            throw e instanceof CommandFailure refused ? refused : unreadable(file);
        }
    }

    private static void closeQuietly(@Nullable InputStream content) {
        try {
            if (content != null) {
                content.close();
            }
        } catch (IOException e) {
            // It was read only, and what is wrong with it is told already.
        }
    }

    private static CommandFailure unreadable(Path file) {
        return new CommandFailure(ExitStatus.USAGE, file + " cannot be read");
    }

    private String checkedHeader() throws IOException {
        try {
            String line = lines.next().orElseThrow(() -> new UnreadableLineException("is missing: the file is empty"));
            CopyHeader.check(line);
            return line;
        } catch (UnreadableLineException e) {
            throw refused(e);
        }
    }

    private void advance() {
        try {
            String line = lines.next()
                    .orElseThrow(() -> new UnreadableLineException("is missing: the end of the export is cut off"));
            if (line.startsWith(Tally.END)) {
                finish(line);
            } else {
                next = following(RowJson.row(line));
                tally.add(next.kind(), line);
            }
        } catch (UnreadableLineException e) {
            throw refused(e);
        } catch (IOException e) {
            throw unreadable(file);
        }
    }

    private StoredRow following(StoredRow row) {
        if (next != null && StoredRow.ORDER.compare(next, row) >= 0) {
            throw new UnreadableLineException("is out of order");
        }
        return row;
    }

    private void finish(String line) throws IOException {
        next = null;
        end = tally.end();
        if (!end.equals(line)) {
            throw new UnreadableLineException(
                    "tells other counts or another digest than the lines before it have: one of"
                            + " them was changed or is missing");
        }
        if (lines.next().isPresent()) {
            throw new UnreadableLineException("follows the end of the export");
        }
    }

    private CommandFailure refused(UnreadableLineException why) {
        return new CommandFailure(ExitStatus.USAGE, file + ": line " + lines.number() + " " + why.getMessage());
    }

    /** The first line. */
    String header() {
        return header;
    }

    /** The last line, once all rows were taken. */
    String end() {
        return end;
    }

    /** How many rows have been read. */
    RowCounts counts() {
        return tally.counts();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public StoredRow next() {
        StoredRow row = Optional.ofNullable(next).orElseThrow(NoSuchElementException::new);
        advance();
        return row;
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
