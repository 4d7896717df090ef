package dev.keywright.benchmarks.store;

import dev.keywright.application.Caller;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.DatabaseSettings;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;

/**
 * A database of the product with many keys in it, which the server made by itself: the keys of one company, and if wanted as
 * many other companies beside it, with ten keys each. Every hundredth key has an event.
 */
final class Filled implements AutoCloseable {

    /** The company that is looked at. */
    static final Caller CALLER = Caller.trusted(new CompanyId("other-50000"), new Actor("host"));

    /** H2 ends a statement after five seconds. */
    private static final int PIECE = 10_000;

    private static final int KEYS_OF_OTHERS = 10;

    private final long keys;
    private final Database database;

    private Filled(long keys, Database database) {
        this.keys = keys;
        this.database = database;
    }

    /** Makes one. */
    static Filled make(Engine engine, String name, long keys, long others) throws SQLException {
        DatabaseSettings settings = engine.fresh(name);
        Database database = Database.open(settings);
        try (Connection connection = engine.connect(settings)) {
            long last = keys + others * KEYS_OF_OTHERS;
            fillInPieces(connection, engine, "'other-50000'", 1, keys);
            fillInPieces(connection, engine, "'other-' || cast(n / 10 as varchar(10)) || 'x'", keys + 1, last);
            count(connection, engine, keys, last);
        }
        return new Filled(keys, database);
    }

    private static void fillInPieces(Connection connection, Engine engine, String company, long from, long to)
            throws SQLException {
        for (long next = from; next <= to; next += PIECE) {
            fill(connection, engine, company, next, Math.min(to, next + PIECE - 1));
        }
    }

    private static void fill(Connection connection, Engine engine, String company, long from, long to)
            throws SQLException {
        String id = "cast(lpad(cast(n as varchar(32)), 32, '0') as uuid)";
        run(
                connection,
                "insert into api_key (company_id, id, user_id, description, allowed_addresses, scopes, api_version,"
                        + " api_version_since, api_version_trail, expires_at, enabled, active, updated_at, deleted_at,"
                        + " revision, reference, prefix, digest_scheme, digest) select " + company + ", " + id
                        + ", 'user-' || cast(n as varchar(10)), 'A key',"
                        + " cast(array['192.0.2.0/24'] as varchar(49) array),"
                        + " cast(array['keys:read'] as varchar(64) array), null, null,"
                        + " cast(array[] as varchar(64) array), null, true, true,"
                        + " timestamp with time zone '2026-05-22 10:15:30+00', null, 1,"
                        + " lpad(cast(n as varchar(20)), 20, '0'), 'kw', 'sha256', cast(? as bytea)"
                        + " from " + engine.numbers(),
                from,
                to);
        run(
                connection,
                "insert into api_key_event (company_id, key_id, revision, action, fields, occurred_at, actor) select "
                        + company + ", " + id + ", 1, 'CREATED', cast(array[] as varchar(20) array),"
                        + " timestamp with time zone '2026-05-22 10:15:30+00', 'host' from " + engine.numbers()
                        + " where n % 100 = 0",
                from,
                to);
    }

    private static void run(Connection connection, String sql, long from, long to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            if (sql.contains("cast(? as bytea)")) {
                statement.setBytes(at++, new byte[32]);
            }
            statement.setLong(at++, from);
            statement.setLong(at, to);
            statement.executeUpdate();
        }
    }

    /** As the migration counts them, but in pieces, and the keys of the company spread over all slots, as they are after some time. */
    private static void count(Connection connection, Engine engine, long keys, long last) throws SQLException {
        try (PreparedStatement others = connection.prepareStatement("insert into api_key_count"
                        + " (company_id, active, slot, keys) select company_id, true, cast(? as integer), count(*) from api_key"
                        + " where id >= cast(lpad(cast(cast(? as bigint) as varchar(32)), 32, '0') as uuid)"
                        + " and id <= cast(lpad(cast(cast(? as bigint) as varchar(32)), 32, '0') as uuid)"
                        + " group by company_id");
                Statement statement = connection.createStatement()) {
            int piece = 0;
            for (long from = keys + 1; from <= last; from += PIECE) {
                others.setInt(1, piece++);
                others.setLong(2, from);
                others.setLong(3, Math.min(last, from + PIECE - 1));
                others.executeUpdate();
            }
            statement.execute(
                    "insert into api_key_count (company_id, active, slot, keys) values ('other-50000', true, 1, " + keys
                            + ")");
            for (int slot = 2; slot < 16; slot++) {
                statement.execute("insert into api_key_count (company_id, active, slot, keys) values ('other-50000',"
                        + " true, " + slot + ", 0)");
            }
            statement.execute(engine.tidying());
        }
    }

    KeyAdministration administration() {
        return new KeyAdministration(
                database.store(), InstantSource.system(), new SecureRandom(), KeyPolicy.defaults());
    }

    long keys() {
        return keys;
    }

    /** The id of the key with this number; the first key is the oldest. */
    static ApiKeyId id(long number) {
        return new ApiKeyId(0, Long.parseLong(Long.toString(number), 16));
    }

    @Override
    public void close() {
        database.close();
    }
}
