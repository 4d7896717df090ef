package dev.keywright.jdbi;

import dev.keywright.application.spi.Backoff;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.jdbi.Lending.Borrowed;
import dev.keywright.jdbi.Lending.Lent;
import dev.keywright.jdbi.Lending.Own;
import dev.keywright.jdbi.LookUps.Question;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.NoTemplateEngine;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys in the tables of a database: each unit of work is one transaction on one connection.
 *
 * <p>A read sees one snapshot and is read-only. A write sees what is committed, and holds the keys it finds until it ends.
 * Thread-safe. The tables are made by {@link Migrations}; {@link Database} opens both in one go.
 *
 * <p>How durable a commit is, and how long a statement may take, is up to the connections handed in; those of {@link
 * Database} never wait for ever.
 */
public final class JdbiKeyStore implements KeyStore {

    private static final Logger LOG = LoggerFactory.getLogger(JdbiKeyStore.class);
    private static final TemplateEngine PLAIN = new NoTemplateEngine();
    /** One for all: it remembers what it has parsed. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private static final int ATTEMPTS = 6;
    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final Lending lookingUp;
    private final Jdbi reading;
    private final Jdbi writing;
    private final boolean prepared;
    private final Announcements announcements;
    private final Optional<StandbyLookUps> standby;
    private final @Nullable SharedCommits commits;
    /** Begins anywhere: other processes count in the same slots. */
    private final AtomicInteger writers = new AtomicInteger((int) System.nanoTime());

    private final AddedKeys added;
    private final ThreadLocal<Boolean> insideWrite = ThreadLocal.withInitial(() -> false);

    /**
     * A store on the host's own database, H2 or PostgreSQL.
     *
     * <p>On an H2 file what was acknowledged survives a killed process only if {@code WRITE_DELAY=0} is set and no two
     * connections, of the host's or of this store, commit at the same time; {@link Database} sees to both.
     *
     * @param jdbi over the host's {@code DataSource}; its connections are given back as they came
     */
    public JdbiKeyStore(Jdbi jdbi) {
        this(() -> new Borrowed(jdbi.open()), jdbi, jdbi, false, Optional.empty(), null, () -> {});
    }

    private JdbiKeyStore(
            Lending lookingUp,
            Jdbi reading,
            Jdbi writing,
            boolean prepared,
            Optional<StandbyLookUps> standby,
            @Nullable SharedCommits commits,
            Runnable afterChange) {
        this.lookingUp = lookingUp;
        this.reading = reading;
        this.writing = writing;
        this.prepared = prepared;
        this.standby = standby;
        this.commits = commits;
        this.added = new AddedKeys(commits != null);
        this.announcements = new Announcements(commits != null, this::writing, afterChange);
    }

    /**
     * A store whose connections were set up for their purpose when they were made.
     *
     * @param commits what commits and syncs units of work together; null where each commits by itself
     * @param afterChange told after every commit that others may want to know of; quick, and throws nothing
     */
    static JdbiKeyStore prepared(
            DataSource reading,
            DataSource writing,
            Optional<StandbyLookUps> standby,
            @Nullable SharedCommits commits,
            Runnable afterChange) {
        return new JdbiKeyStore(
                () -> new Own(reading.getConnection()),
                Jdbi.create(reading),
                Jdbi.create(writing),
                true,
                standby,
                commits,
                afterChange);
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        requireOutsideWrite();
        Optional<VerifiableKey> near = standby.flatMap(server -> server.lookUp(reference));
        return near.isPresent() ? near : look(LookUps.one(reference));
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        requireOutsideWrite();
        List<VerifiableKey> near =
                standby.map(server -> server.lookUp(references)).orElse(List.of());
        if (near.isEmpty()) {
            return look(LookUps.all(references));
        }
        Set<KeyReference> others = new HashSet<>(references);
        near.forEach(key -> others.remove(key.reference()));
        if (others.isEmpty()) {
            return near;
        }
        List<VerifiableKey> all = new ArrayList<>(look(LookUps.all(others)));
        all.addAll(near);
        return all;
    }

    /**
     * One statement needs no transaction: it sees one snapshot by itself. It is run without Jdbi, which takes half as long again
     * as the database does: this is what a verification waits for.
     */
    private <R> R look(Question<R> question) {
        return untilDone(() -> lookOnce(question), SqlTrouble::isToBeReadAgain);
    }

    private <R> R lookOnce(Question<R> question) {
        Lent lent = orFailure("opening a connection", lookingUp::open);
        try {
            return orFailure("looking up a key", () -> question.on(lent.connection()));
        } finally {
            quietly("closing a connection", lent::giveBack);
        }
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        requireOutsideWrite();
        return untilDone(() -> unitOfWork(reading, true, LentReader::new, work), SqlTrouble::isToBeReadAgain);
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        requireOutsideWrite();
        insideWrite.set(true);
        Set<KeyReference> touched = new HashSet<>();
        try {
            Done<R> done = untilDone(
                    () -> {
                        Written written = written(touched);
                        R result = writing(written, work);
                        return new Done<>(result, written);
                    },
                    SqlTrouble::isUndone);
            announcements.announce(done.written());
            return done.result();
        } finally {
            insideWrite.remove();
            // Before the outcome is told, whatever it is.
            standby.ifPresent(server -> server.changed(touched));
        }
    }

    private record Done<R>(R result, Written written) {}

    private <R> R writing(Written written, Function<? super LentWriter, ? extends R> work) {
        Function<Handle, LentWriter> lend = handle -> writer(handle, written);
        return commits == null
                ? unitOfWork(writing, false, lend, work)
                : commits.write(handle -> done(lend.apply(handle), work));
    }

    /**
     * Runs it again, on a new connection, as long as the database says that it was undone. Readers meet that too, on a standby
     * and on distributed databases. A commit that was cut off is something else: it may have happened.
     */
    private static <R> R untilDone(Supplier<R> attempt, Predicate<RuntimeException> mayBeRunAgain) {
        Backoff backoff = Backoff.of(ATTEMPTS, WITHIN);
        while (true) {
            try {
                return attempt.get();
            } catch (WriteConflict | StoreFailure trouble) {
                if (!mayBeRunAgain.test(trouble) || !backoff.pause()) {
                    throw trouble;
                }
            }
        }
    }

    private Written written(Set<KeyReference> touched) {
        return new Written(touched, commits == null ? () -> {} : commits::noteChange);
    }

    /** Those who write at the same time count in different slots, as long as they are no more than there are slots. */
    private LentWriter writer(Handle handle, Written written) {
        Dialect dialect = orFailure("starting a transaction", () -> Dialect.of(handle.getConnection()));
        return new LentWriter(
                handle, dialect, Math.floorMod(writers.getAndIncrement(), dialect.slots()), added, written);
    }

    private void requireOutsideWrite() {
        if (insideWrite.get()) {
            throw new IllegalStateException("a unit of work inside a write would not be part of it");
        }
    }

    private <L extends LentReader, R> R unitOfWork(
            Jdbi jdbi, boolean readOnly, Function<Handle, L> lend, Function<? super L, ? extends R> work) {
        Handle handle = orFailure("opening a connection", jdbi::open);
        try {
            Restore restore = orFailure("starting a transaction", () -> begin(handle, readOnly));
            try {
                return inTransaction(handle, readOnly, lend.apply(handle), work);
            } finally {
                quietly("giving back a connection", restore);
            }
        } finally {
            quietly("closing a connection", handle::close);
        }
    }

    private static <L extends LentReader, R> R inTransaction(
            Handle handle, boolean readOnly, L lent, Function<? super L, ? extends R> work) {
        boolean done = false;
        try {
            R result = done(lent, work);
            if (!readOnly) {
                commit(handle);
                done = true;
            }
            return result;
        } finally {
            if (!done) {
                quietly("rolling back", handle::rollback);
            }
        }
    }

    /** Does all of it but the commit. */
    private static <L extends LentReader, R> R done(L lent, Function<? super L, ? extends R> work) {
        try {
            R result = work.apply(lent);
            lent.requireNoTrouble();
            lent.finish();
            return result;
        } finally {
            lent.takeBack();
        }
    }

    /** A handle on a connection of its own, which is closed with it. */
    static Handle handle(Connection connection) {
        Handle handle = Jdbi.open(connection);
        configure(handle);
        return handle;
    }

    static void configure(Handle handle) {
        handle.getConfig(SqlStatements.class)
                .setTemplateEngine(PLAIN)
                .setSqlParser(PARSER)
                .setIncludeBindingsInTelemetry(false);
    }

    private Restore begin(Handle handle, boolean readOnly) throws SQLException {
        configure(handle);
        if (prepared) {
            handle.begin();
            return () -> {};
        }
        Connection connection = handle.getConnection();
        int isolationBefore = connection.getTransactionIsolation();
        boolean readOnlyBefore = connection.isReadOnly();
        int isolation = readOnly ? Dialect.of(connection).snapshotIsolation() : Connection.TRANSACTION_READ_COMMITTED;
        if (isolation != isolationBefore) {
            connection.setTransactionIsolation(isolation);
        }
        connection.setReadOnly(readOnly);
        handle.begin();
        return () -> {
            connection.setTransactionIsolation(isolationBefore);
            connection.setReadOnly(readOnlyBefore);
        };
    }

    interface Restore {
        void run() throws SQLException;
    }

    private interface Step<T> {
        T take() throws SQLException;
    }

    private static <T> T orFailure(String what, Step<T> step) {
        try {
            return step.take();
        } catch (SQLException | RuntimeException failure) {
            throw SqlTrouble.failure(what, failure);
        }
    }

    private static void commit(Handle handle) {
        try {
            handle.commit();
        } catch (RuntimeException failure) {
            RuntimeException trouble = SqlTrouble.conflictOrFailure("committing", failure);
            throw trouble instanceof WriteConflict
                    ? trouble
                    : SqlTrouble.failure("committing; whether the change was kept is not known", failure);
        }
    }

    /** What follows an outcome must not change it: the answer is known, and a broken connection is thrown away by its pool. */
    static void quietly(String what, Restore step) {
        try {
            step.run();
        } catch (SQLException | RuntimeException failure) {
            LOG.warn("{} failed: {}", what, failure.getClass().getName());
        }
    }
}
