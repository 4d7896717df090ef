package dev.keywright.bootstrap;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands on keys. */
@Command(
        name = "keys",
        description = {
            "Create and manage keys.",
            "On the store itself while no server uses its file, or on a running server with --server."
        })
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: create, list, show, update, activate, deactivate or delete");
    }
}
