package dev.keywright.jdbi;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.ChangedKey;
import dev.keywright.domain.KeyReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads on in the events, in the order of their numbers, and tells whose they are.
 *
 * <p>Numbers are taken before a commit, so an event can become visible behind others with higher numbers. What was passed over
 * is looked for again, for {@link #PATIENCE} at least. Whoever commits later than {@link Announcements#LATE} after taking a
 * number takes another one before anybody is told that the change is kept; so every acknowledged change is read.
 */
final class EventReader {

    /** How long a number that was passed over is looked for; far more than {@link Announcements#LATE}. */
    static final long PATIENCE = 10_000_000_000L;

    /** How many events are read at once. */
    private static final int PAGE = 1_000;

    /** After more events than these are all keys forgotten instead of each by itself. */
    private static final int MOST_PAGES = 20;

    private final ChangeListener listener;
    private final LongSupplier nanos;
    private final MissingNumbers missing = new MissingNumbers(PATIENCE);
    /** What was read and could not be told yet, since reading on failed. */
    private final List<ChangedKey> untold = new ArrayList<>();

    private long position;
    /** Whether there is a place to read on from, and nothing was read that cannot be told. */
    private boolean placed;

    EventReader(ChangeListener listener, LongSupplier nanos) {
        this.listener = listener;
        this.nanos = nanos;
    }

    /**
     * Reads what came since the last time, and tells it.
     *
     * @param primary sees every change that was acknowledged; in no transaction
     */
    void read(Connection primary) throws SQLException {
        long asOf = nanos.getAsLong();
        if (placed) {
            readMissing(primary, asOf);
            placed = readOn(primary, asOf) && placed;
        }
        if (!placed) {
            takePlace(primary, asOf);
            untold.clear();
            listener.lost();
            placed = true;
        }
        listener.told(List.copyOf(untold), asOf);
        untold.clear();
    }

    /** Begins at the end, and looks for what is missing shortly before it: its units of work may be under way. */
    private void takePlace(Connection primary, long now) throws SQLException {
        missing.clear();
        try (PreparedStatement newest = primary.prepareStatement(KeySql.NEWEST_EVENT);
                ResultSet row = newest.executeQuery()) {
            row.next();
            position = Math.max(0, row.getLong(1) - MissingNumbers.MOST / 2);
        }
        try (PreparedStatement numbers = primary.prepareStatement(KeySql.EVENT_NUMBERS)) {
            numbers.setLong(1, position);
            try (ResultSet rows = numbers.executeQuery()) {
                while (rows.next()) {
                    advance(rows.getLong(1), now);
                }
            }
        }
    }

    private void advance(long number, long now) {
        missing.addBetween(position, number, now);
        position = number;
    }

    private void readMissing(Connection primary, long now) throws SQLException {
        if (missing.all().isEmpty()) {
            return;
        }
        Object[] numbers = missing.all().toArray();
        try (PreparedStatement statement = primary.prepareStatement(KeySql.EVENTS_AT)) {
            statement.setArray(1, primary.createArrayOf("bigint", numbers));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    missing.found(rows.getLong(1));
                    add(rows);
                }
            }
        }
        missing.giveUp(now);
    }

    /** Whether the place was found again and the end was reached. */
    private boolean readOn(Connection primary, long now) throws SQLException {
        for (int page = 0; page < MOST_PAGES; page++) {
            int rows = readPage(primary, now);
            if (rows < 0 || missing.areTooMany()) {
                return false;
            }
            if (rows < PAGE) {
                return true;
            }
        }
        return false;
    }

    /** How many events there were, the one at the position among them; less than none if that one is gone. */
    private int readPage(Connection primary, long now) throws SQLException {
        try (PreparedStatement statement = primary.prepareStatement(KeySql.EVENTS_FROM)) {
            statement.setLong(1, position);
            try (ResultSet rows = statement.executeQuery()) {
                int count = 0;
                boolean here = position == 0;
                while (rows.next()) {
                    long number = rows.getLong(1);
                    here |= number == position;
                    if (number > position) {
                        advance(number, now);
                        add(rows);
                    }
                    count++;
                }
                return here ? count : -1;
            }
        }
    }

    /** An event of a program that did not write down whose it is may be anybody's. */
    private void add(ResultSet event) throws SQLException {
        long revision = event.getLong(2);
        String now = event.getString(3);
        String before = event.getString(4);
        if (now == null) {
            placed = false;
            return;
        }
        untold.add(changed(now, revision));
        if (isOther(before, now)) {
            untold.add(changed(before, revision));
        }
    }

    private static boolean isOther(@Nullable String before, String now) {
        return before != null && !before.equals(now);
    }

    private static ChangedKey changed(String reference, long revision) {
        return new ChangedKey(KeyReference.parse(reference), revision);
    }
}
