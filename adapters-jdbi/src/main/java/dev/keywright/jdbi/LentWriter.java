package dev.keywright.jdbi;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** A writer for one unit of work and one thread. */
final class LentWriter extends LentReader implements KeyWriter {

    private final Runnable beforeChange;

    /**
     * Lends a connection.
     *
     * @param beforeChange is run before everything that changes something
     */
    LentWriter(Handle handle, Runnable beforeChange) {
        super(handle);
        this.beforeChange = beforeChange;
    }

    @Override
    RuntimeException translated(String what, RuntimeException failure) {
        return SqlTrouble.conflictOrFailure(what, failure);
    }

    /** Locks the row first, so that what is read is what will be replaced. */
    @Override
    public Optional<ApiKey> find(CompanyId company, ApiKeyId id) {
        run(
                "holding a key",
                sql -> sql.createQuery(KeySql.HOLD)
                        .bind("company", company.value())
                        .bind("id", KeyColumns.id(id))
                        .mapTo(long.class)
                        .findOne());
        return super.find(company, id);
    }

    @Override
    public void insert(KeyChange created, Actor by) {
        beforeChange.run();
        run("adding a key", sql -> {
            KeyColumns.key(sql.createUpdate(KeySql.INSERT_KEY), created.after()).execute();
            KeyColumns.secret(sql.createUpdate(KeySql.INSERT_SECRET), created.after())
                    .execute();
            return addEvent(sql, created, by);
        });
    }

    @Override
    public void replace(KeyChange change, Actor by) {
        beforeChange.run();
        ApiKey after = change.after();
        int replaced = run(
                "replacing a key",
                sql -> KeyColumns.key(sql.createUpdate(KeySql.REPLACE_KEY), after)
                        .bind("before", after.revision() - 1)
                        .execute());
        if (replaced != 1) {
            throw failed(new WriteConflict("replacing a key: there is none, or not with the revision before this one"));
        }
        run("replacing a key", sql -> {
            KeyColumns.secret(sql.createUpdate(KeySql.REPLACE_SECRET), after).execute();
            return addEvent(sql, change, by);
        });
    }

    private static int addEvent(Handle sql, KeyChange change, Actor by) {
        KeyEvent event = change.event();
        return sql.createUpdate(KeySql.INSERT_EVENT)
                .bind("company", change.after().company().value())
                .bind("id", KeyColumns.id(change.after().id()))
                .bind("revision", change.after().revision())
                .bind("action", event.action().name())
                .bind(
                        "fields",
                        KeyColumns.texts(event.fields().stream().sorted().map(Enum::name)))
                .bind("at", KeyColumns.instant(event.at()))
                .bind("actor", by.value())
                .execute();
    }

    @Override
    public void noteUses(Collection<NotedUse> uses) {
        beforeChange.run();
        // In one order, so that two who note the same keys never wait for each other in a circle.
        List<NotedUse> ordered =
                uses.stream().sorted(Comparator.comparing(NotedUse::key)).toList();
        run("noting uses", sql -> {
            PreparedBatch batch = sql.prepareBatch(KeySql.NOTE_USE);
            for (NotedUse noted : ordered) {
                batch.bind("company", noted.company().value())
                        .bind("id", KeyColumns.id(noted.key()))
                        .bind("at", KeyColumns.instant(noted.use().at()))
                        .bind(
                                "from",
                                noted.use().from().map(IpAddress::toString).orElse(null))
                        .add();
            }
            return batch.execute();
        });
    }

    @Override
    public void remember(CompanyId company, IdempotencyToken token, RecordedCreate create, Instant forgottenBefore) {
        beforeChange.run();
        run("remembering a create", sql -> {
            sql.createUpdate(KeySql.FORGET_CREATES)
                    .bind("company", company.value())
                    .bind("before", KeyColumns.instant(forgottenBefore))
                    .execute();
            return sql.createUpdate(KeySql.REMEMBER_CREATE)
                    .bind("company", company.value())
                    .bind("actor", token.by().value())
                    .bind("token", token.value())
                    .bind("request", create.request())
                    .bind("id", KeyColumns.id(create.key()))
                    .bind("at", KeyColumns.instant(create.at()))
                    .execute();
        });
    }
}
