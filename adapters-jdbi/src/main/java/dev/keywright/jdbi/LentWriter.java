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
import java.sql.Connection;
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
 * short. So is the first new key: mostly there is nothing else, and the whole create then is one statement that commits by itself.
 */
final class LentWriter extends LentReader implements KeyWriter {

    private record Recorded(KeyChange change, Actor by) {}

    private record Addition(KeyChange created, long adder) {}

    private final Dialect dialect;
    private final Counts counts;
    private final AddedKeys added;
    private final Written written;
    private final Map<ApiKeyId, KeyStatus> held = new HashMap<>();
    private final List<Recorded> events = new ArrayList<>();
    private @Nullable Addition birth;
    private boolean sure = true;
    private boolean alone = true;
    private boolean changed;
    private boolean committing;

    /**
     * @param slot in which all of this unit of work is counted
     * @param added what the store has added
     * @param written takes up what this unit of work has to do with
     */
    LentWriter(Handle handle, Dialect dialect, int slot, AddedKeys added, Written written) {
        super(handle);
        this.dialect = dialect;
        this.counts = new Counts(dialect, slot);
        this.added = added;
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
        alone = false;
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

    /** From memory where nobody else adds keys, or the database sees what they have added as it adds the key. */
    @Override
    public Optional<ApiKeyId> newestKnown(CompanyId company) {
        if (!dialect.pipelines() && !added.isAlone()) {
            return newest(company);
        }
        requireUsable();
        Optional<ApiKeyId> known = added.newest(company);
        if (known.isPresent()) {
            sure = added.isAlone();
            return known;
        }
        Optional<ApiKeyId> found = newest(company);
        added.found(company, found.orElse(ApiKeyId.OLDEST));
        return found;
    }

    @Override
    public void insert(KeyChange created, Actor by) {
        written.begin();
        touch(created.after());
        requireUsable();
        Addition addition = new Addition(
                created, added.add(created.after().company(), created.after().id()));
        if (dialect.pipelines() && !changed) {
            birth = addition;
        } else {
            settle();
            add(addition);
        }
        changed = true;
        counts.add(created.after().company(), created.after().status(), 1);
        events.add(new Recorded(created, by));
    }

    @Override
    void settle() {
        Addition putOff = birth;
        if (putOff != null) {
            birth = null;
            add(putOff);
        }
    }

    private void add(Addition addition) {
        ApiKey key = addition.created().after();
        if (!sure
                && newest(key.company())
                        .filter(newest -> newest.compareTo(key.id()) > 0)
                        .isPresent()) {
            throw overtaken(key.company());
        }
        send(
                "adding a key",
                sql -> KeyColumns.key(key).with("adder", addition.adder()).update(sql, KeySql.INSERT_KEY));
    }

    private WriteConflict overtaken(CompanyId company) {
        added.lookAgain(company);
        return failed(new WriteConflict("adding a key: the company has a newer one already"));
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
        changed = true;
        counts.add(after.company(), before.orElseThrow(), -1);
        counts.add(after.company(), after.status(), 1);
        held.put(after.id(), after.status());
        events.add(new Recorded(change, by));
    }

    @Override
    void finish() {
        Addition only = birth;
        if (only != null) {
            birth = null;
            committing = alone;
            if (send("adding a key", sql -> create(sql, only, events.get(0).by())) == 0) {
                throw overtaken(only.created().after().company());
            }
            return;
        }
        send("counting keys", sql -> {
            counts.write(sql);
            return sql;
        });
        sendEvents();
    }

    /** If this is all that there is to do, it commits by itself. */
    private int create(Handle sql, Addition addition, Actor by) throws SQLException {
        KeyChange created = addition.created();
        written.add(created.after());
        Values values = KeyColumns.key(created.after())
                .and(KeyColumns.event(created, by))
                .with("adder", addition.adder())
                .with("sure", sure)
                .with("slot", counts.slot());
        if (!committing) {
            return values.update(sql, KeySql.CREATE);
        }
        Connection connection = sql.getConnection();
        connection.setAutoCommit(true);
        try {
            return values.update(sql, KeySql.CREATE);
        } finally {
            JdbiKeyStore.quietly("going on with a connection", () -> connection.setAutoCommit(false));
        }
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
        alone = false;
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
        alone = false;
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
