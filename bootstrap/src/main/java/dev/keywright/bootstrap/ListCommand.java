package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keywright.application.PageRequest;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.KeyStatus;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keys list}. */
@Command(name = "list", description = "List keys, newest first.")
final class ListCommand extends OnKeys {

    @Option(names = "--status", paramLabel = "<status>", description = "active (as without it) or inactive")
    private String status = "active";

    @Option(names = "--limit", paramLabel = "<number>", description = "how many, 1 to 100 (25)")
    private String limit = "" + PageRequest.DEFAULT_LIMIT;

    @Option(names = "--all", description = "all of them, however many")
    private boolean all;

    ListCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    Consumer<Keys> prepare(Values values) {
        Optional<KeyStatus> wanted = values.one("--status", status, Representation::status);
        Optional<Integer> most = values.one("--limit", limit, SettingText.number(1, PageRequest.MAX_LIMIT));
        return keys -> print(
                all
                        ? everything(keys, wanted.orElseThrow())
                        : keys.list(wanted.orElseThrow(), most.orElseThrow(), Optional.empty()));
    }

    /** All pages as one, of which there is no next. */
    private static JsonNode everything(Keys keys, KeyStatus status) {
        ObjectNode whole =
                keys.list(status, PageRequest.MAX_LIMIT, Optional.empty()).deepCopy();
        ArrayNode data = whole.withArray("data");
        JsonNode page = whole;
        while (!page.path("nextUrl").isNull()) {
            ApiKeyId last = ApiKeyId.parse(data.path(data.size() - 1).path("id").asText());
            page = keys.list(status, PageRequest.MAX_LIMIT, Optional.of(last));
            page.path("data").forEach(data::add);
        }
        return whole.put("count", data.size()).putNull("nextUrl").putNull("previousUrl");
    }

    private void print(JsonNode page) {
        if (asJson()) {
            out().println(page);
            return;
        }
        out().print(Representation.table(page.path("data")));
        out().println(page.path("count") + " of " + page.path("total") + " " + status + " keys"
                + (page.path("nextUrl").isNull() ? "" : "; --all lists them all"));
    }
}
