package offending.keywright.http;

import dev.keywright.inmemory.InMemoryKeyStore;

public final class KnowsAStore {
    final InMemoryKeyStore store = new InMemoryKeyStore();
}
