package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.KeyUpdate;
import java.util.Optional;

/** The keys that a command works on, in the store or behind a server; either way they come in the API's representation. */
interface Keys extends AutoCloseable {

    /** Makes a key; the one answer that holds a full secret. */
    JsonNode create(KeyDraft draft);

    /**
     * A page of keys, newest first, with the members of the API's envelope.
     *
     * @param after the position that the page begins right after; empty for the newest
     */
    JsonNode list(KeyStatus status, int limit, Optional<ApiKeyId> after);

    JsonNode get(ApiKeyId id);

    JsonNode update(ApiKeyId id, KeyUpdate update);

    JsonNode activate(ApiKeyId id);

    JsonNode deactivate(ApiKeyId id);

    void delete(ApiKeyId id);

    @Override
    void close();
}
