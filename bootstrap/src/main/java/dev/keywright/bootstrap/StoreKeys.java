package dev.keywright.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keywright.application.Caller;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.PageRequest;
import dev.keywright.application.PageRequest.Start;
import dev.keywright.application.Precondition;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.http.KeyJson;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.DatabaseRefusedException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** One company's keys in the store itself; what is done to them is recorded as done on the command line. */
final class StoreKeys implements Keys {

    private final ObjectMapper json = new ObjectMapper();
    private final OpenStore store;
    private final KeyAdministration administration;
    private final Caller caller;

    private StoreKeys(OpenStore store, KeyAdministration administration, Caller caller) {
        this.store = store;
        this.administration = administration;
        this.caller = caller;
    }

    /** The keys in a store that is there. */
    static StoreKeys open(Settings settings, CompanyId company) {
        if (!Database.exists(settings.database())) {
            throw noDatabase(settings);
        }
        return openOrBegin(settings, company);
    }

    /** The refusal to begin a store where one was to be found. */
    static CommandFailure noDatabase(Settings settings) {
        return new CommandFailure(
                ExitStatus.UNAVAILABLE,
                "There is no database " + settings.database().place()
                        + " yet. Is this the right folder? A relative path counts from the present one.");
    }

    /** The keys in a store that is there, or in a new one. */
    static StoreKeys openOrBegin(Settings settings, CompanyId company) {
        OpenStore store = opened(settings);
        KeyAdministration administration =
                new KeyAdministration(store.keys(), InstantSource.system(), new SecureRandom(), settings.policy());
        return new StoreKeys(store, administration, Caller.trusted(company, FirstKey.COMMAND_LINE));
    }

    private static OpenStore opened(Settings settings) {
        try {
            return OpenStore.of(settings);
        } catch (DatabaseRefusedException refused) {
            throw new CommandFailure(
                    ExitStatus.UNAVAILABLE,
                    refused.getMessage() + "\nThe keys of a running server can be managed through it, with --server.");
        }
    }

    @Override
    public JsonNode create(KeyDraft draft) {
        return parsed(KeyJson.of(administration.create(caller, draft)));
    }

    @Override
    public JsonNode list(KeyStatus status, int limit, Optional<ApiKeyId> after) {
        Start start = after.<Start>map(Start.After::new).orElse(new Start.Offset(0));
        PageRequest request = new PageRequest(status, limit, start);
        return parsed(KeyJson.of(administration.list(caller, request), request));
    }

    @Override
    public JsonNode get(ApiKeyId id) {
        return parsed(administration.get(caller, id));
    }

    @Override
    public JsonNode update(ApiKeyId id, KeyUpdate update) {
        return parsed(administration.update(caller, id, update, Precondition.none()));
    }

    @Override
    public JsonNode activate(ApiKeyId id) {
        return parsed(administration.activate(caller, id, Precondition.none()));
    }

    @Override
    public JsonNode deactivate(ApiKeyId id) {
        return parsed(administration.deactivate(caller, id, Precondition.none()));
    }

    @Override
    public void delete(ApiKeyId id) {
        administration.delete(caller, id, Precondition.none());
    }

    @Override
    public void close() {
        store.close();
    }

    private JsonNode parsed(ApiKey key) {
        return parsed(KeyJson.of(key));
    }

    private JsonNode parsed(String representation) {
        try {
            return json.readTree(representation);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a representation is JSON", e);
        }
    }
}
