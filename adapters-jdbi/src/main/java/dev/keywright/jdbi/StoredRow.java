package dev.keywright.jdbi;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import java.util.Comparator;

/**
 * One row of a whole store, as a copy of it carries it: a key, an event, or a remembered create.
 *
 * <p>Rows have one order, the same on every database: keys by id, then events by sequence, then creates by key, actor, token and
 * company. It compares no texts in the database, where each has an order of its own.
 */
public sealed interface StoredRow {

    /** The order in which copies carry rows. */
    Comparator<StoredRow> ORDER = StoredRow::compare;

    /** The kinds of rows, in their order. */
    enum Kind {
        KEY,
        EVENT,
        CREATE
    }

    /** Which kind this one is of. */
    Kind kind();

    /**
     * A key with the digest of its secret and its last use.
     *
     * @param key the key
     */
    record Key(ApiKey key) implements StoredRow {
        @Override
        public Kind kind() {
            return Kind.KEY;
        }
    }

    /**
     * An event.
     *
     * @param event the event
     */
    record Event(RecordedEvent event) implements StoredRow {
        @Override
        public Kind kind() {
            return Kind.EVENT;
        }
    }

    /**
     * A create that is remembered for its repetition.
     *
     * @param company in which it was made
     * @param token what stands for it
     * @param create what it made
     */
    record Create(CompanyId company, IdempotencyToken token, RecordedCreate create) implements StoredRow {

        private static final Comparator<Create> ORDER = Comparator.<Create, ApiKeyId>comparing(
                        row -> row.create().key())
                .thenComparing(row -> row.token().by().value())
                .thenComparing(row -> row.token().value())
                .thenComparing(row -> row.company().value());

        @Override
        public Kind kind() {
            return Kind.CREATE;
        }
    }

    private static int compare(StoredRow one, StoredRow other) {
        if (one instanceof Key key && other instanceof Key second) {
            return key.key().id().compareTo(second.key().id());
        }
        if (one instanceof Event event && other instanceof Event second) {
            return Long.compare(event.event().sequence(), second.event().sequence());
        }
        if (one instanceof Create create && other instanceof Create second) {
            return Create.ORDER.compare(create, second);
        }
        return one.kind().compareTo(other.kind());
    }
}
