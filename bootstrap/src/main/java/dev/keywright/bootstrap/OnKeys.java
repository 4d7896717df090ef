package dev.keywright.bootstrap;

import dev.keywright.domain.CompanyId;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command on keys: reads its values first, then opens the store or turns to the server, and acts there. */
abstract class OnKeys implements Callable<Integer> {

    private static final int MOST_OF_A_FILE = 16 * 1024;

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--company",
            paramLabel = "<company>",
            description = "company whose keys these are; a server takes it from the credential instead")
    private @Nullable String company;

    @Option(
            names = "--api-key-file",
            paramLabel = "<file>",
            description = "file with the key or token to present to the server, instead of KEYWRIGHT_API_KEY")
    private @Nullable Path apiKeyFile;

    @Option(names = "--json", description = "print the API's own representation")
    private boolean json;

    OnKeys(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Reads what the command was given.
     *
     * @return what to do
     */
    abstract Consumer<Keys> prepare(Values values);

    @Override
    public final Integer call() {
        Values values = new Values();
        Consumer<Keys> act = prepare(values);
        Optional<CompanyId> tenant = values.one("--company", company, CompanyId::new);
        Settings settings = Flags.settings(spec, environment);
        boolean remote = settings.serverUrl().isPresent();
        values.require(
                remote || company != null, "--company: is needed, unless --server names a server whose key decides");
        values.require(
                !remote || company == null, "--company: cannot be chosen on a server: the key's own company counts");
        values.require(remote || !settings.inMemory(), "memory: holds no keys between commands; use --server");
        values.finish();
        try (Keys keys = remote
                ? new ServerKeys(settings.serverUrl().orElseThrow(), credential(settings))
                : inStore(settings, tenant.orElseThrow())) {
            act.accept(keys);
        }
        return ExitStatus.OK.number();
    }

    /** Opens the store; a command that can be the first on a store says so by beginning one. */
    Keys inStore(Settings settings, CompanyId company) {
        return StoreKeys.open(settings, company);
    }

    private String credential(Settings settings) {
        if (apiKeyFile != null) {
            return fromFile(apiKeyFile);
        }
        return settings.apiKey()
                .orElseThrow(() -> new CommandFailure(
                        ExitStatus.USAGE,
                        "A server wants to know who asks: give a key in " + Setting.API_KEY.variable()
                                + " or with --api-key-file"));
    }

    private static String fromFile(Path file) {
        Values values = new Values();
        try {
            Optional<String> credential =
                    values.one("--api-key-file", beginning(file).strip(), SettingText::credential);
            values.finish();
            return credential.orElseThrow();
        } catch (IOException e) {
            throw new CommandFailure(ExitStatus.USAGE, "--api-key-file: " + file + " cannot be read");
        }
    }

    /** As much of a file as a credential can have and more, so that one without an end is refused like any other. */
    private static String beginning(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return new String(content.readNBytes(MOST_OF_A_FILE), StandardCharsets.UTF_8);
        }
    }

    final boolean asJson() {
        return json;
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
