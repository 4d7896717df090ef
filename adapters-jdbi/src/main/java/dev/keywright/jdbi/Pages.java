package dev.keywright.jdbi;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Rows that are read page by page, each page from right behind the last row, until one is not full. Holds one page. */
final class Pages<P, R> implements Iterator<R> {

    private final Function<P, List<R>> page;
    private final Function<R, P> behind;
    private final int full;
    private List<R> rows;
    private int at;

    /**
     * @param first where the first page begins
     * @param page reads the page that begins there
     * @param behind where the page begins that goes on behind this row
     * @param full how many rows a page has that may have another one behind it
     */
    Pages(P first, Function<P, List<R>> page, Function<R, P> behind, int full) {
        this.page = page;
        this.behind = behind;
        this.full = full;
        this.rows = page.apply(first);
    }

    @Override
    public boolean hasNext() {
        if (at == rows.size() && at >= full) {
            rows = page.apply(behind.apply(rows.get(at - 1)));
            at = 0;
        }
        return at < rows.size();
    }

    @Override
    public R next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return rows.get(at++);
    }
}
