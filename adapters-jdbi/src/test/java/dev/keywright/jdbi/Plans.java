package dev.keywright.jdbi;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.testkit.Samples;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.Update;

/** A database with some keys, and what it says it would do for a statement over them. */
final class Plans implements AutoCloseable {

    private static final ApiKeyId IN_THE_MIDDLE = new ApiKeyId(0, 4_000);

    private static final Pattern PARAMETER = Pattern.compile("(?<!:):[a-z]+|\\?");

    private final CompanyId company = Samples.company();
    private final Database database;
    private final Jdbi jdbi;

    Plans(DatabaseSettings settings) {
        this.database = Database.open(settings);
        this.jdbi = Jdbi.create(
                settings.url(),
                settings.user().orElse("sa"),
                settings.password().orElse(""));
        fill(company);
        for (int others = 0; others < 20; others++) {
            fill(Samples.company());
        }
        jdbi.useHandle(sql -> {
            manyMore(sql);
            sql.execute("analyze");
        });
    }

    /** The company has many keys, and there are many companies that have few: what holds for all holds for none of them. */
    private void manyMore(Handle sql) {
        for (int other = 0; other < 2_000; other++) {
            copy(sql, "other-" + other, other);
            sql.execute("insert into api_key_count values (?, true, 0, 1)", "other-" + other);
        }
        for (int more = 2_000; more < 6_000; more++) {
            copy(sql, company.value(), more);
        }
    }

    private static void copy(Handle sql, String company, int number) {
        UUID id = new UUID(0, number);
        sql.execute(
                "insert into api_key select ?, ?, user_id, description, allowed_addresses, scopes, api_version,"
                        + " api_version_since, api_version_trail, expires_at, enabled, active, updated_at, deleted_at,"
                        + " revision, last_used_at, last_used_from, ?, prefix, digest_scheme, digest, added_by"
                        + " from api_key fetch first 1 row only",
                company,
                id,
                String.format("%020d", number));
    }

    private void fill(CompanyId each) {
        List<KeyChange> births = Samples.created(each, 200);
        Samples.insertAll(database.store(), births);
        database.store().write(keys -> {
            for (KeyChange birth : births) {
                RecordedCreate create =
                        new RecordedCreate("0".repeat(64), birth.after().id(), Samples.NOW);
                String token = birth.after().id().toString();
                keys.remember(each, new IdempotencyToken(Samples.ACTOR, token), create, Instant.EPOCH);
            }
            return births;
        });
    }

    /** The plan of a statement, for values as they occur. */
    String of(String statement) {
        return jdbi.withHandle(sql -> of(sql, statement));
    }

    /** The plan that PostgreSQL makes once for all values, as it may after a statement has run a few times. */
    String generic(String statement) throws SQLException {
        List<String> parameters = new ArrayList<>();
        String numbered = PARAMETER.matcher(statement).replaceAll(each -> {
            parameters.add("null");
            return "\\$" + parameters.size();
        });
        return jdbi.<String, SQLException>withHandle(sql -> {
            try (Statement direct = sql.getConnection().createStatement()) {
                direct.execute(Dialect.POSTGRESQL.forReading());
                direct.execute("set plan_cache_mode = force_generic_plan");
                direct.execute("prepare asked as " + numbered);
                try (ResultSet plan =
                        direct.executeQuery("explain execute asked(" + String.join(", ", parameters) + ")")) {
                    return lines(plan);
                }
            }
        });
    }

    private static String lines(ResultSet result) throws SQLException {
        StringBuilder plan = new StringBuilder();
        while (result.next()) {
            plan.append(result.getString(1)).append('\n');
        }
        return plan.toString();
    }

    private String of(Handle sql, String statement) {
        sql.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        ApiKey key = Samples.created(company).after();
        Update explain = sql.createUpdate("explain " + statement)
                .bind("position", KeyColumns.id(IN_THE_MIDDLE))
                .bind("skip", 0L)
                .bind("slot", 0)
                .bind("change", 1L)
                .bind("limit", 26)
                .bind("actor", "host")
                .bind("token", "token")
                .bind(0, lookedUp(statement, key))
                .bind("at", KeyColumns.instant(Samples.NOW))
                .bind("from", "192.0.2.7");
        explain.bindNamedArgumentFinder(KeyColumns.key(key));
        if (statement.contains("created_at < :before")) {
            explain.bind("before", KeyColumns.instant(Instant.EPOCH));
        } else {
            explain.bind("before", 1L);
        }
        return explain.execute((rows, context) -> {
            try (ResultSet result = rows.get().getResultSet()) {
                return lines(result);
            }
        });
    }

    /** The one value of a look-up, or of reading on in the events, which is bound by its position. */
    private static Argument lookedUp(String statement, ApiKey key) {
        if (statement.contains("e.sequence >= ?")) {
            return (position, sql, context) -> sql.setLong(position, 4_000);
        }
        if (statement.contains("e.sequence = any")) {
            return (position, sql, context) ->
                    sql.setArray(position, sql.getConnection().createArrayOf("bigint", new Object[] {7L, 9L}));
        }
        String reference = key.credential().reference().value();
        return statement.contains("any(")
                ? KeyColumns.texts(Stream.of(reference, "0".repeat(20)))
                : (position, sql, context) -> sql.setString(position, reference);
    }

    @Override
    public void close() {
        database.close();
    }
}
