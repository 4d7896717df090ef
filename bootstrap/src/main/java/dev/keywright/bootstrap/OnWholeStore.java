package dev.keywright.bootstrap;

import dev.keywright.jdbi.Database;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command on all that a store holds, of every company. */
abstract class OnWholeStore implements Callable<Integer> {

    /** Stands for standard input or output in the place of a file. */
    static final String STANDARD = "-";

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--quiet", description = "tell no progress")
    private boolean quiet;

    OnWholeStore(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The settings, of a store that is kept. */
    final Settings settings() {
        Settings settings = Flags.settings(spec, environment);
        if (settings.inMemory()) {
            throw new CommandFailure(ExitStatus.USAGE, "memory: holds no keys between commands");
        }
        return settings;
    }

    /** Opens a store that is there. */
    static Database existing(Settings settings) {
        if (!Database.exists(settings.database())) {
            throw StoreKeys.noDatabase(settings);
        }
        return Database.open(settings.database());
    }

    final Progress progress() {
        return new Progress(err(), quiet ? Progress.Style.NONE : Progress.Style.ofStandardError(), System::nanoTime);
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
