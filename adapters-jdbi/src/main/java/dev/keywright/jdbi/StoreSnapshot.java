package dev.keywright.jdbi;

import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKeyId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * All that a store holds, of every company, as it was at one moment, whatever is written meanwhile. For one thread.
 *
 * <p>It is read page by page, each from where the last one ended, so that it takes no more memory however much there is: to
 * set a fetch size would not do, as H2 puts a result aside as a whole before it gives out the first row. The connection is one
 * of its own, without the time limits of those that serve requests.
 */
public final class StoreSnapshot implements AutoCloseable {

    private static final int PAGE = 1_000;
    /** More at once, as nothing but a sort finds the next page of these. */
    private static final int PAGE_OF_CREATES = 10_000;

    private final Handle handle;

    private StoreSnapshot(Handle handle) {
        this.handle = handle;
    }

    /** Takes the snapshot on this connection, which is closed with it. */
    static StoreSnapshot on(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Dialect.of(connection).snapshotIsolation());
        connection.setReadOnly(true);
        StoreSnapshot snapshot = new StoreSnapshot(JdbiKeyStore.handle(connection));
        snapshot.handle.begin();
        return snapshot;
    }

    /** How many rows it has. */
    public RowCounts counts() {
        return asked(
                "counting rows",
                sql -> sql.createQuery(KeySql.COUNT_ROWS)
                        .map((row, context) -> new RowCounts(row.getLong(1), row.getLong(2), row.getLong(3)))
                        .one());
    }

    /** The greatest sequence of an event; 0 without any. */
    public long newestEvent() {
        return asked(
                "finding the newest event",
                sql -> sql.createQuery(KeySql.NEWEST_EVENT).mapTo(long.class).one());
    }

    /** All rows in {@link StoredRow#ORDER}, read as they are taken. */
    public Iterator<StoredRow> rows() {
        return new Iterator<>() {
            private final Iterator<Supplier<Iterator<? extends StoredRow>>> kinds =
                    List.<Supplier<Iterator<? extends StoredRow>>>of(
                                    StoreSnapshot.this::keys,
                                    StoreSnapshot.this::allEvents,
                                    StoreSnapshot.this::creates)
                            .iterator();
            private Iterator<? extends StoredRow> rows = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!rows.hasNext() && kinds.hasNext()) {
                    rows = kinds.next().get();
                }
                return rows.hasNext();
            }

            @Override
            public StoredRow next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return rows.next();
            }
        };
    }

    /**
     * The events of all companies, in the order of their sequence, read as they are taken.
     *
     * @param after the sequence right before the first; 0 for the beginning
     * @param last the last sequence that is wanted
     */
    public Iterator<RecordedEvent> events(long after, long last) {
        return events(after, last, KeyRows.EVENT, RecordedEvent::sequence);
    }

    /** The event with this sequence, if there is one. */
    public Optional<RecordedEvent> event(long sequence) {
        Iterator<RecordedEvent> found = events(sequence - 1, sequence);
        return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    }

    private Iterator<StoredRow.Event> allEvents() {
        RowMapper<StoredRow.Event> mapper = (row, context) -> new StoredRow.Event(KeyRows.EVENT.map(row, context));
        return events(0, Long.MAX_VALUE, mapper, row -> row.event().sequence());
    }

    private <E> Iterator<E> events(long after, long last, RowMapper<E> mapper, Function<E, Long> sequence) {
        return new Pages<>(
                after,
                from -> asked(
                        "reading events",
                        sql -> sql.createQuery(KeySql.ALL_EVENTS)
                                .bind("after", from)
                                .bind("last", last)
                                .bind("limit", PAGE)
                                .map(mapper)
                                .list()),
                sequence,
                PAGE);
    }

    private Iterator<StoredRow.Key> keys() {
        RowMapper<StoredRow.Key> mapper = (row, context) -> new StoredRow.Key(KeyRows.KEY.map(row, context));
        return new Pages<>(
                ApiKeyId.OLDEST,
                from -> asked(
                        "reading keys",
                        sql -> sql.createQuery(KeySql.ALL_KEYS)
                                .bind("from", KeyColumns.id(from))
                                .bind("limit", PAGE)
                                .map(mapper)
                                .list()),
                row -> row.key().id().next(),
                PAGE);
    }

    /** A page holds all creates of a key or none, and is put in order here. */
    private Iterator<StoredRow.Create> creates() {
        return new Pages<>(
                ApiKeyId.OLDEST,
                from -> asked(
                        "reading creates",
                        sql -> sql
                                .createQuery(KeySql.ALL_CREATES)
                                .bind("from", KeyColumns.id(from))
                                .bind("limit", PAGE_OF_CREATES)
                                .map(KeyRows.STORED_CREATE)
                                .stream()
                                .sorted(StoredRow.ORDER)
                                .toList()),
                row -> row.create().key().next(),
                PAGE_OF_CREATES);
    }

    private <T> T asked(String what, Function<Handle, T> statement) {
        try {
            return statement.apply(handle);
        } catch (RuntimeException failure) {
            throw SqlTrouble.failure(what, failure);
        }
    }

    @Override
    public void close() {
        JdbiKeyStore.quietly("ending a snapshot", handle::rollback);
        JdbiKeyStore.quietly("closing a connection", handle::close);
    }
}
