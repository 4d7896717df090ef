package offending.keywright.inmemory;

import dev.keywright.jdbi.DatabaseSettings;

public final class KnowsAnotherStore {
    final DatabaseSettings other = DatabaseSettings.of("x");
}
