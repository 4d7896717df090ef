package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keywright.domain.ApiKeyId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keys show}. */
@Command(name = "show", description = "Show a key, deleted or not.")
final class ShowCommand extends OnKeys {

    @Parameters(paramLabel = "<id>", description = "the key's id: key_ and 26 characters")
    private String id = "";

    ShowCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    Consumer<Keys> prepare(Values values) {
        Optional<ApiKeyId> key = values.one("<id>", id, ApiKeyId::parse);
        return keys -> {
            JsonNode found = keys.get(key.orElseThrow());
            out().println(asJson() ? found.toString() : Representation.details(found));
        };
    }
}
