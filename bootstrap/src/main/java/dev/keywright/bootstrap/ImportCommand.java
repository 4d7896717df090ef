package dev.keywright.bootstrap;

import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.RowCounts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    public Integer call() {
        Settings settings = settings();
        return file.equals(STANDARD) ? fromStandardInput(settings) : from(Path.of(file), settings);
    }

    /** It is read several times, and so it is put aside first. */
    private int fromStandardInput(Settings settings) {
        try {
            // For its owner alone, as the library makes all temporary files.
            Path spooled = Files.createTempFile("keywright-import-", ".jsonl");
            try (OutputStream aside = Files.newOutputStream(spooled)) {
                System.in.transferTo(aside);
                return from(spooled, settings);
            } finally {
                Files.deleteIfExists(spooled);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitStatus.UNAVAILABLE,
                    "Standard input cannot be put aside in " + System.getProperty("java.io.tmpdir")
                            + ": is the disk full?");
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
