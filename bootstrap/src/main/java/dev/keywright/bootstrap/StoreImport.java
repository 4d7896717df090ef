package dev.keywright.bootstrap;

import dev.keywright.application.spi.StoreFailure;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.RowCounts;
import dev.keywright.jdbi.StoreFilling;
import dev.keywright.jdbi.StoreSnapshot;
import dev.keywright.jdbi.StoredRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Brings a copy of a store into a store. First the file is read to its end, then the store is compared with it; only then is anything
 * written, in batches, and at last the store is read back. It can be cut off anywhere and begun again.
 */
final class StoreImport {

    private static final int BATCH = 500;

    private final Path file;
    private final Progress progress;
    private final String end;
    private final RowCounts counts;

    private StoreImport(Path file, Progress progress, String end, RowCounts counts) {
        this.file = file;
        this.progress = progress;
        this.end = end;
        this.counts = counts;
    }

    /** Checks the file as a whole. */
    static StoreImport of(Path file, Progress progress) {
        progress.begin("checked", 0);
        try (CopyFile copy = CopyFile.open(file)) {
            while (copy.hasNext()) {
                copy.next();
                progress.step();
            }
            progress.end();
            return new StoreImport(file, progress, copy.end(), copy.counts());
        }
    }

    /** Brings it into this store. */
    RowCounts into(Database database) {
        requireNothingElse(database);
        try (StoreFilling filling = database.filling()) {
            fill(filling);
            filling.finish();
        } catch (WriteConflict conflict) {
            throw new CommandFailure(
                    ExitStatus.REFUSED,
                    "The import has stopped: a row takes what another one has already (" + conflict.getMessage()
                            + "). Is a server, or another import, at work on the store?");
        } catch (StoreFailure failure) {
            throw new CommandFailure(
                    ExitStatus.UNAVAILABLE,
                    "The import has stopped: " + failure.getMessage()
                            + ". Start it again with the same file, and it goes on.");
        }
        requireSame(database);
        return counts;
    }

    /** What the store holds must be in the file, just so. Both are in one order and are walked side by side. */
    private void requireNothingElse(Database database) {
        try (StoreSnapshot snapshot = database.snapshot();
                CopyFile copy = CopyFile.open(file)) {
            progress.begin("compared", snapshot.counts().all());
            for (Iterator<StoredRow> rows = snapshot.rows(); rows.hasNext(); ) {
                StoredRow row = rows.next();
                requireIn(copy, row);
                progress.step();
            }
            progress.end();
        }
    }

    private static void requireIn(CopyFile copy, StoredRow row) {
        while (copy.hasNext()) {
            StoredRow next = copy.next();
            int order = StoredRow.ORDER.compare(next, row);
            if (order == 0 && next.equals(row)) {
                return;
            }
            if (order == 0) {
                throw refused(named(row) + " in another state than the file does");
            }
            if (order > 0) {
                break;
            }
        }
        throw refused(named(row) + ", which is not in the file");
    }

    private static CommandFailure refused(String what) {
        return new CommandFailure(
                ExitStatus.REFUSED,
                "Nothing was imported: the store holds " + what
                        + ". An export goes into a store that is empty or holds nothing but a part of it.");
    }

    private static String named(StoredRow row) {
        if (row instanceof StoredRow.Key key) {
            return "the key " + key.key().id() + " of the company \""
                    + key.key().company() + "\"";
        }
        if (row instanceof StoredRow.Event event) {
            return "the event " + event.event().sequence() + " of the key "
                    + event.event().key();
        }
        return "the remembered create of the key "
                + ((StoredRow.Create) row).create().key();
    }

    private void fill(StoreFilling filling) {
        progress.begin("imported", counts.all());
        try (CopyFile copy = CopyFile.open(file)) {
            List<StoredRow> batch = new ArrayList<>(BATCH);
            while (copy.hasNext()) {
                batch.add(copy.next());
                progress.step();
                if (batch.size() == BATCH || !copy.hasNext()) {
                    filling.add(batch);
                    batch.clear();
                }
            }
        }
        progress.end();
    }

    private void requireSame(Database database) {
        try (StoreSnapshot snapshot = database.snapshot();
                CopyFile copy = CopyFile.open(file)) {
            Tally tally = new Tally(copy.header());
            progress.begin("read back", counts.all());
            for (Iterator<StoredRow> rows = snapshot.rows(); rows.hasNext(); ) {
                StoredRow row = rows.next();
                tally.add(row.kind(), RowJson.line(row));
                progress.step();
            }
            progress.end();
            if (!tally.end().equals(end)) {
                throw new CommandFailure(
                        ExitStatus.REFUSED,
                        "What was read back is not what the file holds: " + ExportCommand.told(tally.counts())
                                + " instead of " + ExportCommand.told(counts)
                                + ", or other contents. Did a server run on the store meanwhile? Do not use it as it is.");
            }
        }
    }
}
