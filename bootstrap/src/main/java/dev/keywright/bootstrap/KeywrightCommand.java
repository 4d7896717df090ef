package dev.keywright.bootstrap;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
        name = "keywright",
        description = "API keys: create, manage and verify them.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = KeywrightCommand.Version.class,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n")
final class KeywrightCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command line over this environment. */
    static CommandLine over(Map<String, String> environment) {
        CommandLine keys = new CommandLine(new KeysCommand());
        List.of(
                        new CreateCommand(environment),
                        new ListCommand(environment),
                        new ShowCommand(environment),
                        new UpdateCommand(environment),
                        new ActivateCommand(environment),
                        new DeactivateCommand(environment),
                        new DeleteCommand(environment))
                .forEach(command -> keys.addSubcommand(
                        Flags.added(new CommandLine(command), Setting.Use.STORE, Setting.Use.CLIENT)));
        CommandLine root = new CommandLine(new KeywrightCommand());
        root.addSubcommand(
                Flags.added(new CommandLine(new ServeCommand(environment)), Setting.Use.SERVE, Setting.Use.STORE));
        root.addSubcommand(keys);
        List.of(new ExportCommand(environment), new ImportCommand(environment))
                .forEach(command -> root.addSubcommand(Flags.added(new CommandLine(command), Setting.Use.STORE)));
        CommandLine audit = new CommandLine(new AuditCommand());
        List.of(new AuditExportCommand(environment), new AuditReplayCommand(environment))
                .forEach(command -> audit.addSubcommand(Flags.added(new CommandLine(command), Setting.Use.STORE)));
        root.addSubcommand(audit);
        root.setExpandAtFiles(false);
        root.setExecutionExceptionHandler(new FailureReport());
        root.setParameterExceptionHandler(new UsageReport());
        describeExitStatus(root);
        return root;
    }

    private static void describeExitStatus(CommandLine line) {
        Map<String, String> meanings = new LinkedHashMap<>();
        Arrays.stream(ExitStatus.values()).forEach(status -> meanings.put(" " + status.number(), status.meaning()));
        line.getCommandSpec().usageMessage().exitCodeList(meanings);
        line.getSubcommands().values().forEach(KeywrightCommand::describeExitStatus);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: serve, keys, export, import or audit");
    }

    /** Tells the version that the jar was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"keywright " + version()};
        }
    }

    /** The version that the jar was built as. */
    static String version() {
        String version = KeywrightCommand.class.getPackage().getImplementationVersion();
        return version == null ? "(not built as a jar)" : version;
    }
}
