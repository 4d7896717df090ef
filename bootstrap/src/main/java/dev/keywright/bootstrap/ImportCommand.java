package dev.keywright.bootstrap;

import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.RowCounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code import}. */
@Command(
        name = "import",
        description = {
            "Put all that an export has written into a store, which is empty or holds nothing but a part of it; what was cut off goes on when"
                    + " it is started again.",
            "The file is checked as a whole before anything is written, and the store is read back and compared with it at the end."
                    + " No server may run on that store meanwhile."
        })
final class ImportCommand extends OnWholeStore {

    @Parameters(paramLabel = "<file>", description = "an export; - is standard input")
    private String file = "";

    ImportCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = settings();
        if (!file.equals(STANDARD)) {
            return from(Path.of(file), settings);
        }
        // For its owner alone, as the library makes all temporary files.
        Path spooled = Files.createTempFile("keywright-import-", ".jsonl");
        try (InputStream input = System.in) {
            Files.copy(input, spooled, StandardCopyOption.REPLACE_EXISTING);
            return from(spooled, settings);
        } finally {
            Files.deleteIfExists(spooled);
        }
    }

    private int from(Path copy, Settings settings) {
        StoreImport work = StoreImport.of(copy, progress());
        try (Database database = Database.open(settings.database())) {
            RowCounts imported = work.into(database);
            out().println(ExportCommand.told(imported) + " are imported and compared with the file");
        }
        return ExitStatus.OK.number();
    }
}
