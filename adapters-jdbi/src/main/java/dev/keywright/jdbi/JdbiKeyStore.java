package dev.keywright.jdbi;

import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.jdbi.Lending.Borrowed;
import dev.keywright.jdbi.Lending.Lent;
import dev.keywright.jdbi.Lending.Own;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.NoTemplateEngine;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.TemplateEngine;
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

    private final Lending lookingUp;
    private final Jdbi reading;
    private final Jdbi writing;
    private final boolean prepared;
    /** Begins anywhere: other processes count in the same slots. */
    private final AtomicInteger writers =
            new AtomicInteger(ThreadLocalRandom.current().nextInt());

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
        this(() -> new Borrowed(jdbi.open()), jdbi, jdbi, false);
    }

    private JdbiKeyStore(Lending lookingUp, Jdbi reading, Jdbi writing, boolean prepared) {
        this.lookingUp = lookingUp;
        this.reading = reading;
        this.writing = writing;
        this.prepared = prepared;
    }

    /** A store whose connections were set up for their purpose when they were made. */
    static JdbiKeyStore prepared(DataSource reading, DataSource writing) {
        return new JdbiKeyStore(
                () -> new Own(reading.getConnection()), Jdbi.create(reading), Jdbi.create(writing), true);
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        return look(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(KeySql.LOOK_UP)) {
                statement.setString(1, reference.value());
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(KeyRows.verifiable(rows)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        Object[] texts = references.stream().map(KeyReference::value).toArray();
        return look(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(KeySql.LOOK_UP_ALL)) {
                statement.setArray(1, connection.createArrayOf("varchar", texts));
                try (ResultSet rows = statement.executeQuery()) {
                    List<VerifiableKey> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(KeyRows.verifiable(rows));
                    }
                    return found;
                }
            }
        });
    }

    /**
     * One statement needs no transaction: it sees one snapshot by itself. It is run without Jdbi, which takes half as long again
     * as the database does: this is what a verification waits for.
     */
    private <R> R look(Query<R> query) {
        requireOutsideWrite();
        Lent lent = orFailure("opening a connection", lookingUp::open);
        try {
            return orFailure("looking up a key", () -> query.run(lent.connection()));
        } finally {
            quietly("closing a connection", lent::giveBack);
        }
    }

    private interface Query<R> {
        R run(Connection connection) throws SQLException;
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        requireOutsideWrite();
        return unitOfWork(reading, true, LentReader::new, work);
    }

    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        requireOutsideWrite();
        insideWrite.set(true);
        try {
            return unitOfWork(writing, false, this::writer, work);
        } finally {
            insideWrite.remove();
        }
    }

    /** Those who write at the same time count in different slots, as long as they are no more than there are slots. */
    private LentWriter writer(Handle handle) {
        Dialect dialect = orFailure("starting a transaction", () -> Dialect.of(handle.getConnection()));
        return new LentWriter(handle, dialect, Math.floorMod(writers.getAndIncrement(), dialect.slots()));
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
            R result = work.apply(lent);
            lent.requireNoTrouble();
            lent.finish();
            lent.takeBack();
            if (!readOnly) {
                commit(handle);
                done = true;
            }
            return result;
        } finally {
            lent.takeBack();
            if (!done) {
                quietly("rolling back", handle::rollback);
            }
        }
    }

    private Restore begin(Handle handle, boolean readOnly) throws SQLException {
        handle.getConfig(SqlStatements.class)
                .setTemplateEngine(PLAIN)
                .setSqlParser(PARSER)
                .setIncludeBindingsInTelemetry(false);
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

    private interface Restore {
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
    private static void quietly(String what, Restore step) {
        try {
            step.run();
        } catch (SQLException | RuntimeException failure) {
            LOG.warn("{} failed: {}", what, failure.getClass().getName());
        }
    }
}
