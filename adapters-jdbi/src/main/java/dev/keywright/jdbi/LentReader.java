package dev.keywright.jdbi;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A reader for one unit of work and one thread. Once a statement has failed, the unit of work can only fail. */
class LentReader implements KeyReader {

    private final Handle handle;
    private final Thread holder = Thread.currentThread();
    private boolean returned;
    private @Nullable RuntimeException trouble;

    LentReader(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<ApiKey> find(CompanyId company, ApiKeyId id) {
        return run(
                "finding a key",
                sql -> sql.createQuery(KeySql.FIND)
                        .bind("company", company.value())
                        .bind("id", KeyColumns.id(id))
                        .map(KeyRows.KEY)
                        .findOne());
    }

    @Override
    public List<ApiKey> older(CompanyId company, KeyStatus status, ApiKeyId before, long skip, int limit) {
        return run(
                "listing keys",
                sql -> sql.createQuery(KeySql.OLDER)
                        .addCustomizer(new PlannedForItsValues())
                        .bind("company", company.value())
                        .bind("active", status == KeyStatus.ACTIVE)
                        .bind("position", KeyColumns.id(before))
                        .bind("skip", skip)
                        .bind("limit", limit)
                        .map(KeyRows.KEY)
                        .list());
    }

    @Override
    public List<ApiKey> newer(CompanyId company, KeyStatus status, ApiKeyId after, int limit) {
        return run(
                "listing keys",
                sql -> sql.createQuery(KeySql.NEWER)
                        .addCustomizer(new PlannedForItsValues())
                        .bind("company", company.value())
                        .bind("active", status == KeyStatus.ACTIVE)
                        .bind("position", KeyColumns.id(after))
                        .bind("limit", limit)
                        .map(KeyRows.KEY)
                        .list());
    }

    @Override
    public long count(CompanyId company, KeyStatus status) {
        return send(
                "counting keys",
                sql -> sql.createQuery(KeySql.COUNT)
                        .bind("company", company.value())
                        .bind("active", status == KeyStatus.ACTIVE)
                        .mapTo(long.class)
                        .one());
    }

    @Override
    public Optional<ApiKeyId> newest(CompanyId company) {
        return run(
                "finding the newest key",
                sql -> sql.createQuery(KeySql.NEWEST)
                        .bind("company", company.value())
                        .map(KeyRows.ID)
                        .findOne());
    }

    @Override
    public List<RecordedEvent> events(CompanyId company, ApiKeyId id) {
        return run(
                "reading a key's events",
                sql -> sql.createQuery(KeySql.EVENTS)
                        .bind("company", company.value())
                        .bind("id", KeyColumns.id(id))
                        .map(KeyRows.EVENT)
                        .list());
    }

    @Override
    public Optional<RecordedCreate> findCreate(CompanyId company, IdempotencyToken token) {
        return send(
                "finding a remembered create",
                sql -> sql.createQuery(KeySql.FIND_CREATE)
                        .bind("company", company.value())
                        .bind("actor", token.by().value())
                        .bind("token", token.value())
                        .map(KeyRows.CREATE)
                        .findOne());
    }

    @Override
    public boolean isEmpty() {
        return run(
                "looking for any key",
                sql -> sql.createQuery(KeySql.ANY_KEY)
                        .mapTo(int.class)
                        .findOne()
                        .isEmpty());
    }

    /** One statement, or several. */
    interface Statement<T> {
        T on(Handle sql) throws SQLException;
    }

    /** Runs a statement that sees all that this unit of work has changed. */
    final <T> T run(String what, Statement<T> statement) {
        requireUsable();
        settle();
        return send(what, statement);
    }

    /** Sends the changes that were put off, if there are any. */
    void settle() {}

    /** Talks to the database in the store's words: what it throws may leave the store as it is. */
    final <T> T send(String what, Statement<T> statement) {
        requireUsable();
        try {
            return statement.on(handle);
        } catch (SQLException | RuntimeException failure) {
            throw failed(translated(what, failure));
        }
    }

    /** The trouble of one statement, in the store's words. */
    RuntimeException translated(String what, Exception failure) {
        return SqlTrouble.failure(what, failure);
    }

    /** Ends the unit of work with this failure, even if the work swallows it. */
    final <X extends RuntimeException> X failed(X failure) {
        trouble = failure;
        return failure;
    }

    /** Throws unless this may still be worked with. */
    final void requireUsable() {
        requireLent();
        requireNoTrouble();
    }

    private void requireLent() {
        if (returned || Thread.currentThread() != holder) {
            throw new IllegalStateException("a reader or writer lives only in its unit of work and on its thread");
        }
    }

    /** Does what was put off, once the work is done and before it is committed. */
    void finish() {}

    /** Ends the loan. */
    final void takeBack() {
        returned = true;
    }

    /** Throws what went wrong, if anything did: the work may have caught it, and what it did is not whole. */
    final void requireNoTrouble() {
        if (trouble != null) {
            throw trouble;
        }
    }
}
