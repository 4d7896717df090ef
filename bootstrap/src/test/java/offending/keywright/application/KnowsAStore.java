package offending.keywright.application;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.inmemory.InMemoryKeyStore;

public final class KnowsAStore {
    final KeyStore store = new InMemoryKeyStore();
}
