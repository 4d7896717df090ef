package dev.keywright.bootstrap;

import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.RowCounts;
import dev.keywright.jdbi.StoreSnapshot;
import dev.keywright.jdbi.StoredRow;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}. */
@Command(
        name = "export",
        description = {
            "Write all that a store holds, as it is at one moment, into a file of JSON lines: the keys of all companies with the digests of"
                    + " their secrets (never a secret), last uses, events, and creates that are remembered.",
            "Servers on PostgreSQL go on meanwhile; an H2 file must be free."
        })
final class ExportCommand extends OnWholeStore {

    @Parameters(paramLabel = "<file>", description = "where to write it; - is standard output")
    private String file = "";

    @Option(names = "--force", description = "replace a file that is there")
    private boolean force;

    ExportCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        Settings settings = settings();
        try (Database database = existing(settings)) {
            if (file.equals(STANDARD)) {
                write(database, this::print);
            } else {
                try (NewFile copy = NewFile.at(Path.of(file), force)) {
                    RowCounts written = write(database, copy::line);
                    copy.take();
                    out().println(told(written) + " are exported to " + file);
                }
            }
        }
        return ExitStatus.OK.number();
    }

    private void print(String line) {
        out().write(line);
        out().write('\n');
        if (out().checkError()) {
            throw new CommandFailure(ExitStatus.UNAVAILABLE, "Standard output takes no more; the export is not whole");
        }
    }

    private RowCounts write(Database database, Consumer<String> lines) {
        String header = CopyHeader.line(KeywrightCommand.version(), database.schema());
        Tally tally = new Tally(header);
        Progress progress = progress();
        try (StoreSnapshot snapshot = database.snapshot()) {
            progress.begin("exported", snapshot.counts().all());
            lines.accept(header);
            for (Iterator<StoredRow> rows = snapshot.rows(); rows.hasNext(); ) {
                StoredRow row = rows.next();
                String line = RowJson.line(row);
                tally.add(row.kind(), line);
                lines.accept(line);
                progress.step();
            }
            lines.accept(tally.end());
        }
        progress.end();
        return tally.counts();
    }

    /** Counts as people read them. */
    static String told(RowCounts counts) {
        return Progress.grouped(counts.keys()) + " keys, " + Progress.grouped(counts.events()) + " events and "
                + Progress.grouped(counts.creates()) + " remembered creates";
    }
}
