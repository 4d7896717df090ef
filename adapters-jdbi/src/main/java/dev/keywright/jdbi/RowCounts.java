package dev.keywright.jdbi;

/**
 * How many rows of each kind a store or a copy of it has.
 *
 * @param keys keys, deleted ones included
 * @param events events of all keys
 * @param creates creates that are remembered
 */
public record RowCounts(long keys, long events, long creates) {

    /** No rows. */
    public static final RowCounts NONE = new RowCounts(0, 0, 0);

    /** All rows together. */
    public long all() {
        return keys + events + creates;
    }

    /** One more of this kind. */
    public RowCounts plus(StoredRow.Kind kind) {
        return switch (kind) {
            case KEY -> new RowCounts(keys + 1, events, creates);
            case EVENT -> new RowCounts(keys, events + 1, creates);
            case CREATE -> new RowCounts(keys, events, creates + 1);
        };
    }
}
