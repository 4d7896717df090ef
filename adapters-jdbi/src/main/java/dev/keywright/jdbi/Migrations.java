package dev.keywright.jdbi;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings the tables of a database to this version's schema. The scripts lie in {@value #SCRIPTS}, what was run stands in the
 * table {@value #HISTORY}; neither meets a host's own migrations.
 *
 * <p>A migration that was cut off half-way is taken up again: PostgreSQL rolls it back, and on H2, where every statement
 * commits by itself, the scripts can run again. A schema of a newer version is refused.
 */
public final class Migrations {

    static final String SCRIPTS = "dev/keywright/jdbi/migration";
    static final String HISTORY = "keywright_schema_history";

    private final Flyway flyway;

    private Migrations(FluentConfiguration configuration) {
        this.flyway = configuration.load();
    }

    /**
     * Migrates the database, creating the tables if there are none. Several processes may do so at once. With many keys a
     * statement may take minutes: these connections should not end it sooner.
     *
     * @throws DatabaseRefusedException if the schema is newer than this version, or a script fails
     */
    public static void migrate(DataSource database) {
        of(database, SCRIPTS).migrate();
    }

    static Migrations of(DataSource database, String... folders) {
        return new Migrations(configuration(folders).dataSource(database));
    }

    /** Over connections of their own, without limits of time: to count many keys, or to index them, takes long. */
    static Migrations of(DatabaseUrl url, Credentials credentials) {
        return of(url, credentials, SCRIPTS);
    }

    static Migrations of(DatabaseUrl url, Credentials credentials, String... folders) {
        return new Migrations(configuration(folders)
                .dataSource(url.jdbcUrl(), credentials.user(), credentials.password())
                .callbacks(new Unlimited(url.dialect())));
    }

    /** Lifts the limits of each connection that Flyway opens. */
    private static final class Unlimited extends BaseCallback {

        private final Dialect dialect;

        Unlimited(Dialect dialect) {
            this.dialect = dialect;
        }

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.AFTER_CONNECT;
        }

        @Override
        public void handle(Event event, Context context) {
            try {
                dialect.liftLimits(context.getConnection());
            } catch (SQLException failure) {
                throw new FlywayException("The limits of time could not be lifted", failure);
            }
        }
    }

    static FluentConfiguration configuration(String... folders) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .locations(Arrays.stream(folders)
                        .map(folder -> "classpath:" + folder)
                        .toArray(String[]::new))
                .failOnMissingLocations(true)
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .placeholderReplacement(false)
                .validateMigrationNaming(true)
                .loggers("slf4j");
    }

    /** Whether any of our migrations was ever completed here. */
    boolean hasSchema() {
        try {
            return Arrays.stream(flyway.info().applied())
                    .anyMatch(done -> done.getState() != MigrationState.BASELINE
                            && !done.getState().isFailed());
        } catch (FlywayException e) {
            throw refused(e);
        }
    }

    /** The number of the last migration that was completed here. */
    String schema() {
        try {
            MigrationInfo current = flyway.info().current();
            return current == null ? "0" : String.valueOf(current.getVersion());
        } catch (FlywayException e) {
            throw refused(e);
        }
    }

    void migrate() {
        try {
            List<MigrationInfo> known = List.of(flyway.info().all());
            newest(known).ifPresent(newer -> {
                throw new DatabaseRefusedException("The database has schema version " + newer + ", which is newer than"
                        + " this Keywright knows. Start the version that wrote it, or a later one.");
            });
            if (known.stream().anyMatch(one -> one.getState() == MigrationState.FAILED)) {
                flyway.repair();
            }
            migrateBesideOthers();
        } catch (FlywayException e) {
            throw refused(e);
        }
    }

    /** Who finds no history while another process makes it meets an empty one, and has to look again. */
    private void migrateBesideOthers() {
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            if (!String.valueOf(e.getMessage()).contains("already exists, and is empty")) {
                throw e;
            }
            flyway.migrate();
        }
    }

    private static Optional<MigrationVersion> newest(List<MigrationInfo> known) {
        return known.stream()
                .filter(one -> one.getState() == MigrationState.FUTURE_SUCCESS
                        || one.getState() == MigrationState.FUTURE_FAILED)
                .map(MigrationInfo::getVersion)
                .max(MigrationVersion::compareTo);
    }

    private static DatabaseRefusedException refused(FlywayException failure) {
        return new DatabaseRefusedException(
                "The tables of the database could not be brought to this version's schema, and nothing was started: "
                        + failure.getMessage(),
                failure);
    }
}
