package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.Scopes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys update}. */
@Command(name = "update", description = "Change a key: all that is asked for, or nothing.")
final class UpdateCommand extends OnKeys {

    @Parameters(paramLabel = "<id>", description = "the key's id: key_ and 26 characters")
    private String id = "";

    @Option(names = "--api-version", paramLabel = "<date>", description = "API version to pin the key to")
    private @Nullable String apiVersion;

    @Option(names = "--description", paramLabel = "<text>", description = "what the key is for, up to 200 characters")
    private @Nullable String description;

    @Option(names = "--no-description", description = "clear the description")
    private boolean noDescription;

    @Option(
            names = "--ip",
            split = ",",
            paramLabel = "<address or block>",
            description = "from where alone it may be used; repeat it for more")
    private @Nullable List<String> ips;

    @Option(names = "--any-ip", description = "it may be used from anywhere")
    private boolean anyIp;

    @Option(
            names = "--scope",
            split = ",",
            paramLabel = "<scope>",
            description = "what alone it may do; repeat it for more")
    private @Nullable List<String> scopes;

    @Option(names = "--no-scopes", description = "it may do nothing")
    private boolean noScopes;

    @Option(names = "--expires-at", paramLabel = "<instant>", description = "when it ends, like 2030-01-31T12:00:00Z")
    private @Nullable String expiresAt;

    @Option(names = "--no-expiry", description = "it never ends by itself")
    private boolean noExpiry;

    UpdateCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    Consumer<Keys> prepare(Values values) {
        notBoth(values, description, "--description", noDescription, "--no-description");
        notBoth(values, ips, "--ip", anyIp, "--any-ip");
        notBoth(values, scopes, "--scope", noScopes, "--no-scopes");
        notBoth(values, expiresAt, "--expires-at", noExpiry, "--no-expiry");
        Optional<ApiKeyId> key = values.one("<id>", id, ApiKeyId::parse);
        Optional<Optional<Description>> text =
                values.one("--description", description, Description::new).map(Optional::of);
        KeyUpdate update = new KeyUpdate(
                values.one("--api-version", apiVersion, ApiVersion::parse),
                text.or(() -> cleared(noDescription, Optional.<Description>empty())),
                values.allowList("--ip", ips).or(() -> cleared(anyIp, IpAllowList.anywhere())),
                values.scopes("--scope", scopes).or(() -> cleared(noScopes, Scopes.none())),
                values.one("--expires-at", expiresAt, Values::expiry).or(() -> cleared(noExpiry, Expiry.never())));
        values.finish();
        values.require(!update.equals(KeyUpdate.nothing()), "Say what to change: see keys update --help");
        return keys -> {
            JsonNode changed = keys.update(key.orElseThrow(), update);
            out().println(asJson() ? changed.toString() : Representation.details(changed));
        };
    }

    private static void notBoth(Values values, @Nullable Object set, String flag, boolean clear, String clearing) {
        values.require(set == null || !clear, flag + " and " + clearing + ": only one of them");
    }

    private static <T> Optional<T> cleared(boolean asked, T to) {
        return asked ? Optional.of(to) : Optional.empty();
    }
}
