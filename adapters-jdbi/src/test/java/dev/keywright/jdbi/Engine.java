package dev.keywright.jdbi;

import java.util.function.Supplier;

/** The databases that a test runs on. */
enum Engine {
    H2_IN_MEMORY(TestDatabases::inMemory),
    H2_IN_FILE(TestDatabases::inFile),
    POSTGRESQL(TestDatabases::onPostgres);

    private final Supplier<DatabaseSettings> databases;

    Engine(Supplier<DatabaseSettings> databases) {
        this.databases = databases;
    }

    /** A new, empty database. */
    DatabaseSettings fresh() {
        return databases.get();
    }
}
