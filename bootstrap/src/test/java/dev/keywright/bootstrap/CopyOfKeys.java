package dev.keywright.bootstrap;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.DatabaseSettings;
import dev.keywright.jdbi.StoredRow;
import dev.keywright.testkit.Samples;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Exports of stores that never were. */
final class CopyOfKeys {

    private CopyOfKeys() {}

    /** Of so many plain keys, each with one event and one create that is remembered. */
    static Path write(Path file, int count) throws IOException {
        CompanyId company = Samples.company();
        List<StoredRow> keys = new ArrayList<>();
        List<StoredRow> events = new ArrayList<>();
        List<StoredRow> creates = new ArrayList<>();
        for (KeyChange born : Samples.created(company, count)) {
            keys.add(new StoredRow.Key(born.after()));
            events.add(new StoredRow.Event(
                    new RecordedEvent(keys.size(), company, born.after().id(), 1, born.event(), Samples.ACTOR)));
            creates.add(new StoredRow.Create(
                    company,
                    new IdempotencyToken(Samples.ACTOR, "token-" + keys.size()),
                    new RecordedCreate(
                            "0".repeat(64), born.after().id(), born.after().createdAt())));
        }
        keys.addAll(events);
        keys.addAll(creates);
        return write(file, keys);
    }

    /** Of these rows, in whatever order they are. */
    static Path write(Path file, List<StoredRow> rows) throws IOException {
        String header = CopyHeader.line("(not built as a jar)", schema());
        Tally tally = new Tally(header);
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            lines.write(header + "\n");
            for (StoredRow row : rows.stream().sorted(StoredRow.ORDER).toList()) {
                String line = RowJson.line(row);
                tally.add(row.kind(), line);
                lines.write(line + "\n");
            }
            lines.write(tally.end() + "\n");
        }
        return file;
    }

    private static String schema() {
        try (Database database = Database.open(DatabaseSettings.of("jdbc:h2:mem:schema-of-copies"))) {
            return database.schema();
        }
    }
}
