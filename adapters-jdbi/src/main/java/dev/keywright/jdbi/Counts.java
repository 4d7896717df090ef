package dev.keywright.jdbi;

import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * By how much one unit of work changes the numbers of keys.
 *
 * <p>The rows that hold them are written at its very end, in one order and all in one slot: those who count never wait for
 * each other in a circle, nor for long.
 */
final class Counts {

    /** Which number. */
    private record Number(String company, boolean active) {}

    private final SortedMap<Number, Long> changes =
            new TreeMap<>(Comparator.comparing(Number::company).thenComparing(Number::active));

    private final Dialect dialect;
    private final int slot;

    Counts(Dialect dialect, int slot) {
        this.dialect = dialect;
        this.slot = slot;
    }

    void add(CompanyId company, KeyStatus status, long change) {
        changes.merge(number(company, status), change, Long::sum);
    }

    /** What is not in the rows yet. */
    long change(CompanyId company, KeyStatus status) {
        return changes.getOrDefault(number(company, status), 0L);
    }

    private static Number number(CompanyId company, KeyStatus status) {
        return new Number(company.value(), status == KeyStatus.ACTIVE);
    }

    /** Writes the changes into the rows. */
    void write(Handle sql) throws SQLException {
        for (Map.Entry<Number, Long> change : changes.entrySet()) {
            if (change.getValue() != 0) {
                write(sql, values(change.getKey()).with("change", change.getValue()));
            }
        }
        changes.clear();
    }

    private void write(Handle sql, Values change) throws SQLException {
        if (dialect.pipelines()) {
            change.update(sql, KeySql.BEGIN_OR_ADD_TO_COUNT);
        } else if (change.update(sql, KeySql.ADD_TO_COUNT) == 0) {
            change.update(sql, KeySql.BEGIN_COUNT);
        }
    }

    private Values values(Number number) {
        return new Values()
                .with("company", number.company())
                .with("active", number.active())
                .with("slot", slot);
    }

    /** The slot in which all of this unit of work is counted. */
    int slot() {
        return slot;
    }
}
