package dev.keywright.jdbi;

import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Puts the rows of a copy into a store, as they are: ids, revisions, sequences and times are kept. For one thread, and for a store
 * that nobody else writes to meanwhile.
 *
 * <p>Rows are added in transactions. Rows that were there already are passed over, so that who was cut off can begin again from the
 * first row. The store is fit for use once {@link #finish} has ended.
 */
public final class StoreFilling implements AutoCloseable {

    private final Dialect dialect;
    private final Handle handle;
    private final boolean hadCreates;

    private StoreFilling(Dialect dialect, Handle handle) {
        this.dialect = dialect;
        this.handle = handle;
        this.hadCreates = handle.createQuery(KeySql.COUNT_ROWS)
                        .map((row, context) -> row.getLong(3))
                        .one()
                > 0;
    }

    /** Fills over this connection, which is closed with it. */
    static StoreFilling on(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return new StoreFilling(Dialect.of(connection), JdbiKeyStore.handle(connection));
    }

    /**
     * Adds those of these rows that are not there yet, all or nothing.
     *
     * @return how many were added
     */
    public int add(List<StoredRow> rows) {
        return inTransaction(
                "adding rows",
                sql -> addKeys(sql, of(rows, StoredRow.Key.class))
                        + addEvents(sql, of(rows, StoredRow.Event.class))
                        + addCreates(sql, of(rows, StoredRow.Create.class)));
    }

    private static <R> List<R> of(List<StoredRow> rows, Class<R> kind) {
        return rows.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static int addKeys(Handle sql, List<StoredRow.Key> rows) {
        Set<ApiKeyId> present = present(sql, rows.stream().map(row -> row.key().id()));
        List<ApiKey> missing = rows.stream()
                .map(StoredRow.Key::key)
                .filter(key -> !present.contains(key.id()))
                .toList();
        batch(
                sql.prepareBatch(KeySql.COPY_KEY),
                missing,
                key -> KeyColumns.key(key).and(KeyColumns.use(key.lastUse())));
        return missing.size();
    }

    private static Set<ApiKeyId> present(Handle sql, Stream<ApiKeyId> ids) {
        Object[] wanted = ids.map(id -> new UUID(id.high(), id.low())).toArray();
        return wanted.length == 0
                ? Set.of()
                : new HashSet<>(sql.createQuery(KeySql.PRESENT_KEYS)
                        .bind("ids", KeyColumns.array("uuid", wanted))
                        .map(KeyRows.ID)
                        .list());
    }

    private static int addEvents(Handle sql, List<StoredRow.Event> rows) {
        if (rows.isEmpty()) {
            return 0;
        }
        Object[] wanted = rows.stream().map(row -> row.event().sequence()).toArray();
        Set<Long> present = new HashSet<>(sql.createQuery(KeySql.PRESENT_EVENTS)
                .bind("sequences", KeyColumns.array("bigint", wanted))
                .map((row, context) -> row.getLong("sequence"))
                .list());
        List<RecordedEvent> missing = rows.stream()
                .map(StoredRow.Event::event)
                .filter(event -> !present.contains(event.sequence()))
                .toList();
        batch(sql.prepareBatch(KeySql.COPY_EVENT), missing, KeyColumns::event);
        return missing.size();
    }

    /** Asked for one by one, and only where some were there: no index finds many at once. */
    private int addCreates(Handle sql, List<StoredRow.Create> rows) {
        List<StoredRow.Create> missing =
                hadCreates ? rows.stream().filter(row -> !isPresent(sql, row)).toList() : rows;
        batch(sql.prepareBatch(KeySql.REMEMBER_CREATE), missing, KeyColumns::create);
        return missing.size();
    }

    private static boolean isPresent(Handle sql, StoredRow.Create row) {
        return sql.createQuery(KeySql.FIND_CREATE)
                .bind("company", row.company().value())
                .bind("actor", row.token().by().value())
                .bind("token", row.token().value())
                .map(KeyRows.CREATE)
                .findOne()
                .isPresent();
    }

    private static <T> void batch(PreparedBatch batch, Collection<T> rows, Function<T, Values> columns) {
        try (batch) {
            for (T row : rows) {
                batch.bindNamedArgumentFinder(columns.apply(row)).add();
            }
            batch.execute();
        }
    }

    /**
     * Makes the store go on where its rows end: the next event gets the next sequence, and what is derived from the rows is
     * derived anew, and all of it is on the disk. Can be done again.
     */
    public void finish() {
        inTransaction("finishing a store", sql -> {
            recount(sql);
            return 0;
        });
        continueEvents(0);
        asked("syncing", () -> dialect.sync(handle.getConnection()));
    }

    private static void recount(Handle sql) {
        sql.createUpdate(KeySql.FORGET_COUNTS).execute();
        sql.createUpdate(KeySql.RECOUNT).execute();
    }

    /** Has the next event get a sequence after all that are there, and after this one. */
    public void continueEvents(long after) {
        asked("continuing the events", () -> dialect.continueEvents(handle.getConnection(), after));
    }

    private <T> T inTransaction(String what, Function<Handle, T> work) {
        try {
            return handle.inTransaction(work::apply);
        } catch (RuntimeException failure) {
            throw SqlTrouble.conflictOrFailure(what, failure);
        }
    }

    private interface Step {
        void take() throws SQLException;
    }

    private static void asked(String what, Step step) {
        try {
            step.take();
        } catch (SQLException | RuntimeException failure) {
            throw SqlTrouble.failure(what, failure);
        }
    }

    @Override
    public void close() {
        JdbiKeyStore.quietly("closing a connection", handle::close);
    }
}
