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
import dev.keywright.domain.KeyReference;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** A writer for one unit of work and one thread. */
final class LentWriter extends LentReader implements KeyWriter {

    private final Written written;
    private final Set<ApiKeyId> met = new HashSet<>();

    /** @param written takes up what this unit of work has to do with */
    LentWriter(Handle handle, Written written) {
        super(handle);
        this.written = written;
    }

    private void touch(ApiKey key) {
        met.add(key.id());
        written.touch(key.credential().reference());
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
        Optional<ApiKey> key = super.find(company, id);
        key.ifPresent(this::touch);
        return key;
    }

    @Override
    public void insert(KeyChange created, Actor by) {
        written.begin();
        touch(created.after());
        run("adding a key", sql -> {
            KeyColumns.key(sql.createUpdate(KeySql.INSERT_KEY), created.after()).execute();
            KeyColumns.secret(sql.createUpdate(KeySql.INSERT_SECRET), created.after())
                    .execute();
            return addEvent(sql, created, by);
        });
    }

    @Override
    public void replace(KeyChange change, Actor by) {
        written.begin();
        ApiKey after = change.after();
        if (!met.contains(after.id())) {
            find(after.company(), after.id());
        }
        touch(after);
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

    private int addEvent(Handle sql, KeyChange change, Actor by) {
        written.add(change.after());
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
                .bind("reference", change.after().credential().reference().value())
                .execute();
    }

    /** Gives the events of a unit of work that was committed late the next numbers. */
    void announceAgain(Written late) {
        late.keys().forEach(written::add);
        run("announcing a change again", sql -> {
            for (ApiKey key : late.keys()) {
                sql.createUpdate(KeySql.ANNOUNCE_AGAIN)
                        .bind("company", key.company().value())
                        .bind("id", KeyColumns.id(key.id()))
                        .bind("revision", key.revision())
                        .execute();
            }
            return late;
        });
    }

    @Override
    public void noteUses(Collection<NotedUse> uses) {
        written.begin();
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
        written.begin();
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
