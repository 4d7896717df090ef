package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import dev.keywright.jdbi.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keys create}. */
@Command(name = "create", description = "Create a key and print its secret, this once.")
final class CreateCommand extends OnKeys {

    @Option(names = "--user", required = true, paramLabel = "<user>", description = "owner of the key in the company")
    private String user = "";

    @Option(names = "--description", paramLabel = "<text>", description = "what the key is for, up to 200 characters")
    private @Nullable String description;

    @Option(
            names = "--ip",
            arity = "1..*",
            split = ",",
            paramLabel = "<address or block>",
            description = "from where it may be used; without it from anywhere")
    private @Nullable List<String> ips;

    @Option(names = "--scope", arity = "1..*", split = ",", paramLabel = "<scope>", description = "what it may do")
    private @Nullable List<String> scopes;

    @Option(names = "--expires-at", paramLabel = "<instant>", description = "when it ends, like 2030-01-31T12:00:00Z")
    private @Nullable String expiresAt;

    @Option(names = "--quiet", description = "print the secret and nothing else")
    private boolean quiet;

    CreateCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    Consumer<Keys> prepare(Values values) {
        Optional<UserId> owner = values.one("--user", user, UserId::new);
        Optional<Description> text = values.one("--description", description, Description::new);
        Optional<IpAllowList> allowList = values.allowList("--ip", ips);
        Optional<Scopes> rights = values.scopes("--scope", scopes);
        Optional<Expiry> expiry = values.one("--expires-at", expiresAt, Values::expiry);
        values.require(!(quiet && asJson()), "--quiet and --json: only one of them");
        return keys -> print(keys.create(new KeyDraft(
                owner.orElseThrow(),
                allowList.orElse(IpAllowList.anywhere()),
                text,
                rights.orElse(Scopes.none()),
                expiry.orElse(Expiry.never()))));
    }

    @Override
    Keys inStore(Settings settings, CompanyId company) {
        if (!Database.exists(settings.database())) {
            err().println("A new store is begun: " + settings.database().place());
        }
        return StoreKeys.openOrBegin(settings, company);
    }

    private void print(JsonNode created) {
        String secret = created.path("key").asText();
        if (quiet) {
            out().println(secret);
        } else if (asJson()) {
            out().println(created);
        } else {
            out().println(Representation.details(created));
            out().println();
            out().println("The key is shown this once; keep it:");
            out().println();
            out().println("  " + secret);
        }
        if (out().checkError()) {
            throw new CommandFailure(
                    ExitStatus.UNAVAILABLE,
                    "The key " + created.path("id").asText()
                            + " was made, but its secret could not be written to standard output and is lost."
                            + " Delete that key, with keywright keys delete, and create another.");
        }
    }
}
