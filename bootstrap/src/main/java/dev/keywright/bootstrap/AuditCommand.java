package dev.keywright.bootstrap;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands on the audit trail. */
@Command(
        name = "audit",
        description = {
            "Keep the trail of events elsewhere, and bring a restored store up to it.",
            "A backup that is restored revives keys that were revoked since it was made; replay revokes them again."
        })
final class AuditCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: export or replay");
    }
}
