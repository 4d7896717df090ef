package dev.keywright.jdbi;

import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

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
    void write(Handle sql) {
        changes.forEach((number, change) -> {
            if (change != 0) {
                write(sql, number, change);
            }
        });
        changes.clear();
    }

    private void write(Handle sql, Number number, long change) {
        if (dialect.pipelines()) {
            bind(sql.createUpdate(KeySql.BEGIN_OR_ADD_TO_COUNT), number, change).execute();
        } else if (bind(sql.createUpdate(KeySql.ADD_TO_COUNT), number, change).execute() == 0) {
            bind(sql.createUpdate(KeySql.BEGIN_COUNT), number, change).execute();
        }
    }

    private <S extends SqlStatement<S>> S bind(S statement, Number number, long change) {
        return statement
                .bind("company", number.company())
                .bind("active", number.active())
                .bind("slot", slot)
                .bind("change", change);
    }

    /** The slot in which all of this unit of work is counted. */
    int slot() {
        return slot;
    }
}
