package dev.keywright.jdbi;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.testkit.Samples;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.Update;

/** A database with some keys, and what it says it would do for a statement over them. */
final class Plans implements AutoCloseable {

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
            manyOthers(sql);
            sql.execute("analyze");
        });
    }

    /** So many companies that a look at all of their numbers would be a bad plan. */
    private static void manyOthers(Handle sql) {
        for (int company = 0; company < 2_000; company++) {
            sql.execute("insert into api_key_count values (?, true, 0, 1)", "other-" + company);
        }
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

    private String of(Handle sql, String statement) {
        sql.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        ApiKey key = Samples.created(company).after();
        Update explain = sql.createUpdate("explain " + statement)
                .bind("position", KeyColumns.id(ApiKeyId.NEWEST))
                .bind("skip", 0L)
                .bind("limit", 26)
                .bind("actor", "host")
                .bind("token", "token")
                .bind(0, lookedUp(statement, key))
                .bind("at", KeyColumns.instant(Samples.NOW))
                .bind("from", "192.0.2.7");
        KeyColumns.secret(KeyColumns.key(explain, key), key);
        if (statement.contains("created_at < :before")) {
            explain.bind("before", KeyColumns.instant(Instant.EPOCH));
        } else {
            explain.bind("before", 1L);
        }
        return explain.execute((rows, context) -> {
            StringBuilder plan = new StringBuilder();
            try (var result = rows.get().getResultSet()) {
                while (result.next()) {
                    plan.append(result.getString(1)).append('\n');
                }
            }
            return plan.toString();
        });
    }

    /** The one value of a look-up, which is bound by its position. */
    private static Argument lookedUp(String statement, ApiKey key) {
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
