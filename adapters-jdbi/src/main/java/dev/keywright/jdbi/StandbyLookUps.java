package dev.keywright.jdbi;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.ChangedKey;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.jdbi.LookUps.Question;
import dev.keywright.jdbi.StandbyConnections.Opening;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks keys up on a hot standby, as long as that is as good as asking the primary. It answers nothing otherwise, and then
 * the primary must be asked.
 *
 * <p>Promises, whatever the standby's lag: what it answers has every change that was acknowledged through this process's store
 * before the question, and every other one that was acknowledged the bound before the question, or earlier. A standby that is away or silent
 * costs a look-up half a second once, and then none for {@link #LEFT_ALONE}.
 *
 * <p>It listens to a feed of changes from the primary. Without one, or while that is silent for longer than the bound, it
 * answers nothing. Thread-safe.
 */
final class StandbyLookUps implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyLookUps.class);

    /** How long a standby that failed is not asked again. */
    static final Duration LEFT_ALONE = Duration.ofSeconds(2);

    private static final int REMEMBERED = 50_000;
    private static final int EVERY_MILLIS = 100;
    private static final int LOG_PAGE = 8_192;
    private static final int PAGE_HEADER = 24;

    /** Up to when all changes are known, by {@link System#nanoTime}. */
    private record Told(long asOf) {}

    private final Opening opening;
    private final int connections;
    private final DataSource primary;
    private final Unreplayed unreplayed = new Unreplayed(REMEMBERED);
    private final ScheduledThreadPoolExecutor watching;
    private final AtomicLong answered = new AtomicLong();

    private volatile @Nullable StandbyConnections standby;
    private volatile @Nullable Told told;
    private volatile long boundNanos = Long.MAX_VALUE;
    /** Where the primary's log was when the line was drawn. Of the watching thread alone, as is what follows. */
    private OptionalLong mark = OptionalLong.empty();

    private boolean failed;
    private volatile long nextAttempt = System.nanoTime();

    /**
     * @param opening how connections to the standby come about
     * @param connections how many look-ups it may be asked at a time
     * @param primary its primary
     */
    StandbyLookUps(Opening opening, int connections, DataSource primary) {
        this.opening = opening;
        this.connections = connections;
        this.primary = primary;
        this.watching = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "keywright-standby");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Who is to be told of the primary's changes in place of {@code next}, so that no look-up on the standby may give an older
     * state to somebody who has already forgotten it. From now on the standby is used.
     *
     * @param bound how late a change may be seen
     */
    ChangeListener before(Duration bound, ChangeListener next) {
        ChangeListener first = listener(bound, next);
        watching.scheduleWithFixedDelay(this::step, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return first;
    }

    /** The same without a thread that watches the standby. */
    ChangeListener listener(Duration bound, ChangeListener next) {
        boundNanos = Math.min(boundNanos, bound.toNanos());
        return new ChangeListener() {
            /** Nobody knows what happened before the first is told. */
            private boolean missed = true;

            @Override
            public void told(Collection<ChangedKey> changes, long asOf) {
                if (missed) {
                    unreplayed.addAll();
                    missed = false;
                }
                changed(changes.stream().map(ChangedKey::reference).toList());
                told = new Told(asOf);
                next.told(changes, asOf);
            }

            @Override
            public void lost() {
                missed = true;
                told = null;
                next.lost();
            }
        };
    }

    /** Takes note of changes of these keys, whether or not they are committed. */
    void changed(Collection<KeyReference> references) {
        unreplayed.add(references);
    }

    /** The key as the standby has it; empty if there is none there, or if only the primary can tell. */
    Optional<VerifiableKey> lookUp(KeyReference reference) {
        // First the connections: those that are opened later may not have shown yet what was confirmed through these.
        StandbyConnections asked = standby;
        if (asked == null || !isUpToDate() || unreplayed.has(reference)) {
            return Optional.empty();
        }
        Optional<VerifiableKey> found = ask(asked, LookUps.one(reference)).flatMap(key -> key);
        return unreplayed.has(reference) ? Optional.empty() : found;
    }

    /** Those of the keys that need not be asked for at the primary. */
    List<VerifiableKey> lookUp(Set<KeyReference> references) {
        StandbyConnections asked = standby;
        if (asked == null || !isUpToDate()) {
            return List.of();
        }
        Set<KeyReference> replayed = references.stream()
                .filter(reference -> !unreplayed.has(reference))
                .collect(Collectors.toSet());
        if (replayed.isEmpty()) {
            return List.of();
        }
        return ask(asked, LookUps.all(replayed)).stream()
                .flatMap(List::stream)
                .filter(key -> !unreplayed.has(key.reference()))
                .toList();
    }

    private boolean isUpToDate() {
        Told last = told;
        return last != null && System.nanoTime() - last.asOf() < boundNanos;
    }

    private <R> Optional<R> ask(StandbyConnections asked, Question<R> question) {
        try {
            Optional<R> answer = asked.ask(question);
            answered.addAndGet(answer.isPresent() ? 1 : 0);
            return answer;
        } catch (SQLException away) {
            leave(asked, away);
            return Optional.empty();
        } catch (RuntimeException unreadable) {
            LOG.warn(
                    "The standby shows what cannot be read: {}",
                    unreadable.getClass().getName());
            return Optional.empty();
        }
    }

    private synchronized void leave(StandbyConnections left, SQLException trouble) {
        if (standby == left) {
            nextAttempt = System.nanoTime() + LEFT_ALONE.toNanos();
            standby = null;
            LOG.warn("The standby is left alone, look-ups go to the primary: SQLState {}", SqlTrouble.state(trouble));
        }
        left.close();
    }

    /** Looks after the standby; never called by two threads at a time. */
    void step() {
        StandbyConnections asked = standby;
        try {
            if (asked == null) {
                reopen();
            } else if (!unreplayed.isEmpty()) {
                follow(asked);
            }
        } catch (SQLException | RuntimeException primaryAway) {
            LOG.debug(
                    "The primary does not tell how far it is: {}",
                    primaryAway.getClass().getName());
        }
    }

    private void reopen() throws SQLException {
        if (System.nanoTime() - nextAttempt < 0) {
            return;
        }
        nextAttempt = System.nanoTime() + LEFT_ALONE.toNanos();
        String cluster = ofPrimary(StandbyConnections::cluster);
        try {
            StandbyConnections opened = StandbyConnections.open(opening, connections);
            try {
                requireSame(cluster, opened.cluster());
                opened.replayed();
            } catch (SQLException | RuntimeException refused) {
                opened.close();
                throw refused;
            }
            use(opened);
        } catch (SQLException away) {
            if (!failed) {
                failed = true;
                LOG.warn(
                        "The standby cannot be used, look-ups go to the primary: {}, SQLState {}",
                        away.getMessage(),
                        SqlTrouble.state(away));
            }
        }
    }

    private static void requireSame(String cluster, String ofStandby) throws SQLException {
        if (!cluster.equals(ofStandby)) {
            throw new SQLException("the server is a standby of another primary", "55000");
        }
    }

    private synchronized void use(StandbyConnections opened) {
        if (watching.isShutdown()) {
            opened.close();
            return;
        }
        // Before anybody can ask it: it may be less far than what was confirmed before it was away.
        unreplayed.addAll();
        standby = opened;
        failed = false;
        LOG.info("The standby answers look-ups once it has caught up");
    }

    private void follow(StandbyConnections asked) throws SQLException {
        if (mark.isEmpty()) {
            unreplayed.seal();
            mark = OptionalLong.of(ofPrimary(StandbyLookUps::written));
        }
        try {
            if (asked.replayed() >= mark.getAsLong()) {
                unreplayed.replayed();
                mark = OptionalLong.empty();
            }
        } catch (SQLException away) {
            leave(asked, away);
        }
    }

    private <R> R ofPrimary(Question<R> question) throws SQLException {
        try (Connection connection = primary.getConnection()) {
            return question.on(connection);
        }
    }

    /** How far the primary's log is: beyond every commit that anybody has seen. */
    private static long written(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KeySql.LOG_WRITTEN);
                ResultSet row = statement.executeQuery()) {
            row.next();
            long next = row.getLong(1);
            // Where a page of the log is full, this is behind the header of the next one, and the standby is said to be
            // before it.
            long intoPage = next % LOG_PAGE;
            return intoPage <= PAGE_HEADER ? next - intoPage : next;
        }
    }

    /** How many questions the standby has answered. */
    long answered() {
        return answered.get();
    }

    @Override
    public void close() {
        watching.shutdownNow();
        synchronized (this) {
            StandbyConnections last = standby;
            standby = null;
            if (last != null) {
                last.close();
            }
        }
    }
}
