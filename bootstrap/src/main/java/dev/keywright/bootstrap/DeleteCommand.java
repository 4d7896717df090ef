package dev.keywright.bootstrap;

import dev.keywright.domain.ApiKeyId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keys delete}. */
@Command(name = "delete", description = "Delete a key for good. It can still be looked at.")
final class DeleteCommand extends OnKeys {

    @Parameters(paramLabel = "<id>", description = "the key's id: key_ and 26 characters")
    private String id = "";

    DeleteCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    Consumer<Keys> prepare(Values values) {
        Optional<ApiKeyId> key = values.one("<id>", id, ApiKeyId::parse);
        return keys -> {
            keys.delete(key.orElseThrow());
            out().println(asJson() ? keys.get(key.orElseThrow()).toString() : id + " is deleted");
        };
    }
}
