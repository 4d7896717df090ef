package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keywright.domain.ApiKeyId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code keys deactivate}. */
@Command(name = "deactivate", description = "Switch a key off until it is switched on again.")
final class DeactivateCommand extends OnKeys {

    @Parameters(paramLabel = "<id>", description = "the key's id: key_ and 26 characters")
    private String id = "";

    DeactivateCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    Consumer<Keys> prepare(Values values) {
        Optional<ApiKeyId> key = values.one("<id>", id, ApiKeyId::parse);
        return keys -> {
            JsonNode switched = keys.deactivate(key.orElseThrow());
            out().println(
                            asJson()
                                    ? switched.toString()
                                    : id + " is " + switched.path("status").asText());
        };
    }
}
