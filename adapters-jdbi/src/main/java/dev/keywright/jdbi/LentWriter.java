package dev.keywright.jdbi;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * A writer for one unit of work and one thread.
 *
 * <p>What nobody has to wait for before the end is put off until then: the numbers of keys, so that their rows are held for
 * a short time and in one order, and the events after them, so that the time from the number of an event to its commit is
 * short. So is the first new key: mostly nothing comes after it, and the whole create then goes to the server in one piece.
 */
final class LentWriter extends LentReader implements KeyWriter {

    private record Recorded(KeyChange change, Actor by) {}

    private final Dialect dialect;
    private final Counts counts;
    private final Written written;
    private final Map<ApiKeyId, KeyStatus> held = new HashMap<>();
    private final List<Recorded> events = new ArrayList<>();
    private @Nullable KeyChange birth;
    private boolean changed;
    private boolean committing;

    /**
     * @param slot in which all of this unit of work is counted
     * @param written takes up what this unit of work has to do with
     */
    LentWriter(Handle handle, Dialect dialect, int slot, Written written) {
        super(handle);
        this.dialect = dialect;
        this.counts = new Counts(dialect, slot);
        this.written = written;
    }

    private void touch(ApiKey key) {
        written.touch(key.credential().reference());
    }

    @Override
    RuntimeException translated(String what, Exception failure) {
        return committing ? SqlTrouble.conflictOrUnknown(what, failure) : SqlTrouble.conflictOrFailure(what, failure);
    }

    /** Locks the row first, so that what is read is what will be replaced. */
    @Override
    public Optional<ApiKey> find(CompanyId company, ApiKeyId id) {
        hold(company, id);
        Optional<ApiKey> key = super.find(company, id);
        key.ifPresent(this::touch);
        return key;
    }

    private Optional<KeyStatus> hold(CompanyId company, ApiKeyId id) {
        Optional<KeyStatus> status = run(
                "holding a key",
                sql -> sql.createQuery(KeySql.HOLD)
                        .bind("company", company.value())
                        .bind("id", KeyColumns.id(id))
                        .mapTo(boolean.class)
                        .findOne()
                        .map(active -> active ? KeyStatus.ACTIVE : KeyStatus.INACTIVE));
        status.ifPresent(now -> held.put(id, now));
        return status;
    }

    @Override
    public long count(CompanyId company, KeyStatus status) {
        return super.count(company, status) + counts.change(company, status);
    }

    @Override
    public List<RecordedEvent> events(CompanyId company, ApiKeyId id) {
        settle();
        sendEvents();
        return super.events(company, id);
    }

    @Override
    public void insert(KeyChange created, Actor by) {
        written.begin();
        touch(created.after());
        requireUsable();
        if (dialect.pipelines() && !changed) {
            birth = created;
        } else {
            run("adding a key", sql -> add(sql, created));
        }
        changed = true;
        counts.add(created.after().company(), created.after().status(), 1);
        events.add(new Recorded(created, by));
    }

    private static int add(Handle sql, KeyChange created) throws SQLException {
        KeyColumns.key(created.after()).update(sql, KeySql.INSERT_KEY);
        return KeyColumns.secret(created.after()).update(sql, KeySql.INSERT_SECRET);
    }

    @Override
    void settle() {
        KeyChange putOff = birth;
        if (putOff != null) {
            birth = null;
            send("adding a key", sql -> add(sql, putOff));
        }
    }

    @Override
    public void replace(KeyChange change, Actor by) {
        written.begin();
        ApiKey after = change.after();
        if (!held.containsKey(after.id())) {
            find(after.company(), after.id());
        }
        touch(after);
        Optional<KeyStatus> before = Optional.ofNullable(held.get(after.id()));
        int replaced = run(
                "replacing a key",
                sql -> KeyColumns.key(after)
                        .with("before", after.revision() - 1)
                        .update(sql, KeySql.REPLACE_KEY));
        if (replaced != 1) {
            throw failed(new WriteConflict("replacing a key: there is none, or not with the revision before this one"));
        }
        run("replacing a key", sql -> KeyColumns.secret(after).update(sql, KeySql.REPLACE_SECRET));
        changed = true;
        counts.add(after.company(), before.orElseThrow(), -1);
        counts.add(after.company(), after.status(), 1);
        held.put(after.id(), after.status());
        events.add(new Recorded(change, by));
    }

    @Override
    void finish() {
        KeyChange only = birth;
        if (only != null) {
            birth = null;
            committing = true;
            send("adding a key", sql -> createAndCommit(sql, only, events.get(0).by()));
            return;
        }
        send("counting keys", sql -> {
            counts.write(sql);
            return sql;
        });
        sendEvents();
    }

    private int createAndCommit(Handle sql, KeyChange created, Actor by) throws SQLException {
        written.add(created.after());
        return KeyColumns.key(created.after())
                .and(KeyColumns.secret(created.after()))
                .and(KeyColumns.event(created, by))
                .with("slot", counts.slot())
                .with("change", 1)
                .update(sql, KeySql.CREATE_AND_COMMIT);
    }

    private void sendEvents() {
        if (!events.isEmpty()) {
            events.forEach(event -> written.add(event.change().after()));
            send("recording events", sql -> {
                for (Recorded event : events) {
                    KeyColumns.event(event.change(), event.by()).update(sql, KeySql.INSERT_EVENT);
                }
                return sql;
            });
            events.clear();
        }
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
        send("remembering a create", sql -> {
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
