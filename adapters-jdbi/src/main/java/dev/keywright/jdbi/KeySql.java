package dev.keywright.jdbi;

/**
 * Every statement over the keys. Each names the company, as a condition or, where a stranger's reference is all that is
 * known, in what it returns. {@link #ANY_KEY}, {@link #NEWEST_EVENT}, {@link #EVENT_NUMBERS}, {@link #NUMBERS_TAKEN_AT_ONCE},
 * {@link #COUNT_ROWS}, {@link #FORGET_COUNTS} and what has the events settle and go on alone look at all companies without naming them, and return
 * nothing of a key; {@link #EVENTS_FROM} and {@link #EVENTS_AT} return the references of secrets, which are public. Three more,
 * of PostgreSQL alone, look at no key but at the server: how far its log is, and whose it is.
 *
 * <p>The statements for copies of whole stores, from {@link #COUNT_ROWS} on, see all companies. No request ever runs them.
 *
 * <p>The lists spell out the index {@code api_key_list} from its first column in their order, all columns in one direction:
 * H2 walks the index only then.
 */
final class KeySql {

    static final String NEWEST_EVENT = """
            select coalesce(max(sequence), 0) from api_key_event
            """;

    static final String FIND = """
            select company_id, id, user_id, description, allowed_addresses, scopes,
                   api_version, api_version_since, api_version_trail, expires_at, enabled,
                   updated_at, deleted_at, revision, last_used_at, last_used_from,
                   reference, prefix, digest_scheme, digest
              from api_key
             where company_id = :company and id = :id
            """;

    static final String HOLD = """
            select active from api_key where company_id = :company and id = :id for update
            """;

    static final String LOOK_UP = """
            select company_id, id, user_id, allowed_addresses, scopes, api_version, expires_at,
                   enabled, updated_at, deleted_at is not null, reference, prefix, digest_scheme, digest
              from api_key
             where reference = ?
            """;

    static final String LOOK_UP_ALL = """
            select company_id, id, user_id, allowed_addresses, scopes, api_version, expires_at,
                   enabled, updated_at, deleted_at is not null, reference, prefix, digest_scheme, digest
              from api_key
             where reference = any(?)
            """;

    static final String OLDER = """
            select company_id, id, user_id, description, allowed_addresses, scopes,
                   api_version, api_version_since, api_version_trail, expires_at, enabled,
                   updated_at, deleted_at, revision, last_used_at, last_used_from,
                   reference, prefix, digest_scheme, digest
              from api_key
             where company_id = :company and active = :active and id < :position
             order by company_id desc, active desc, id desc
            offset :skip rows fetch first :limit rows only
            """;

    static final String NEWER = """
            select company_id, id, user_id, description, allowed_addresses, scopes,
                   api_version, api_version_since, api_version_trail, expires_at, enabled,
                   updated_at, deleted_at, revision, last_used_at, last_used_from,
                   reference, prefix, digest_scheme, digest
              from api_key
             where company_id = :company and active = :active and id > :position
             order by company_id, active, id
             fetch first :limit rows only
            """;

    static final String COUNT = """
            select cast(coalesce(sum(keys), 0) as bigint) from api_key_count
             where company_id = :company and active = :active
            """;

    /** Changes no row where there is none yet. */
    static final String ADD_TO_COUNT = """
            update api_key_count set keys = keys + :change
             where company_id = :company and active = :active and slot = :slot
            """;

    static final String BEGIN_COUNT = """
            insert into api_key_count (company_id, active, slot, keys) values (:company, :active, :slot, :change)
            """;

    /** Both in one, for databases that know it: of two who begin the same count, the second adds to that of the first. */
    static final String BEGIN_OR_ADD_TO_COUNT = """
            insert into api_key_count (company_id, active, slot, keys) values (:company, :active, :slot, :change)
                on conflict (company_id, active, slot) do update set keys = api_key_count.keys + excluded.keys
            """;

    /**
     * The newer of the newest one that is active and the newest one that is not. The company is a range on purpose: by an equality
     * PostgreSQL knows that its order does not matter, and may then walk back through the ids of all companies until it meets
     * this one.
     */
    static final String NEWEST = """
            select id from (
              (select id from api_key where company_id between :company and :company and active = true
                order by company_id desc, active desc, id desc fetch first 1 row only)
              union all
              (select id from api_key where company_id between :company and :company and active = false
                order by company_id desc, active desc, id desc fetch first 1 row only)
            ) newest
             order by id desc fetch first 1 row only
            """;

    static final String EVENTS = """
            select sequence, company_id, key_id, revision, action, fields, occurred_at, actor
              from api_key_event
             where company_id = :company and key_id = :id
             order by key_id, revision
            """;

    static final String FIND_CREATE = """
            select request, key_id, created_at from remembered_create
             where company_id = :company and actor = :actor and token = :token
            """;

    static final String ANY_KEY = """
            select 1 from api_key fetch first 1 row only
            """;

    static final String INSERT_KEY = """
            insert into api_key (company_id, id, user_id, description, allowed_addresses, scopes,
                   api_version, api_version_since, api_version_trail, expires_at, enabled, active,
                   updated_at, deleted_at, revision, reference, prefix, digest_scheme, digest, added_by)
            values (:company, :id, :user, :description, :addresses, :scopes,
                   :version, :since, :trail, :expiry, :enabled, :active,
                   :updated, :deleted, :revision, :reference, :prefix, :scheme, :digest, :adder)
            """;

    static final String INSERT_EVENT = """
            insert into api_key_event (company_id, key_id, revision, action, fields, occurred_at, actor, reference)
            values (:company, :id, :revision, :action, :fields, :at, :actor, :reference)
            """;

    /** Gives an event the next number: who has read on without it finds it there. */
    static final String ANNOUNCE_AGAIN = """
            update api_key_event set sequence = default
             where company_id = :company and key_id = :id and revision = :revision
            """;

    static final String EVENTS_FROM = """
            select e.sequence, e.revision, e.reference,
                   (select f.reference from api_key_event f
                     where f.company_id = e.company_id and f.key_id = e.key_id and f.revision = e.revision - 1)
              from api_key_event e
             where e.sequence >= ?
             order by e.sequence fetch first 1000 rows only
            """;

    static final String EVENTS_AT = """
            select e.sequence, e.revision, e.reference,
                   (select f.reference from api_key_event f
                     where f.company_id = e.company_id and f.key_id = e.key_id and f.revision = e.revision - 1)
              from api_key_event e
             where e.sequence = any(?)
            """;

    static final String EVENT_NUMBERS = """
            select sequence from api_key_event where sequence > ? order by sequence
            """;

    /** Of PostgreSQL: how many numbers a connection takes at once. More than one, and they are not in the order of time. */
    static final String NUMBERS_TAKEN_AT_ONCE = """
            select seqcache from pg_sequence
             where seqrelid = cast(pg_get_serial_sequence('api_key_event', 'sequence') as regclass)
            """;

    /**
     * A whole create in one statement, for databases that know how: it adds nothing where the company has a newer key that another
     * store added, unless it is sure that there is none. Of those that this store added meanwhile, the order does not matter. The number
     * of the event is taken last.
     */
    static final String CREATE = """
            with added as (
              insert into api_key (company_id, id, user_id, description, allowed_addresses, scopes,
                     api_version, api_version_since, api_version_trail, expires_at, enabled, active,
                     updated_at, deleted_at, revision, reference, prefix, digest_scheme, digest, added_by)
              select :company, :id, :user, :description, :addresses, :scopes,
                     :version, :since, :trail, :expiry, :enabled, :active,
                     :updated, :deleted, :revision, :reference, :prefix, :scheme, :digest, :adder
               where :sure
                  or not exists (select 1 from api_key where company_id = :company and active
                                    and id > :id and added_by is distinct from :adder)
                 and not exists (select 1 from api_key where company_id = :company and not active
                                    and id > :id and added_by is distinct from :adder)
              returning company_id, active
            ), recorded as (
              insert into api_key_event (company_id, key_id, revision, action, fields, occurred_at, actor, reference)
              select company_id, :id, :revision, :action, :fields, :at, :actor, :reference from added
            )
            insert into api_key_count (company_id, active, slot, keys)
            select company_id, active, :slot, 1 from added
                on conflict (company_id, active, slot) do update set keys = api_key_count.keys + excluded.keys
            """;

    static final String REPLACE_KEY = """
            update api_key
               set user_id = :user, description = :description, allowed_addresses = :addresses, scopes = :scopes,
                   api_version = :version, api_version_since = :since, api_version_trail = :trail,
                   expires_at = :expiry, enabled = :enabled, active = :active,
                   updated_at = :updated, deleted_at = :deleted, revision = :revision,
                   reference = :reference, prefix = :prefix, digest_scheme = :scheme, digest = :digest
             where company_id = :company and id = :id and revision = :before
            """;

    static final String NOTE_USE = """
            update api_key set last_used_at = :at, last_used_from = :from
             where company_id = :company and id = :id and (last_used_at is null or last_used_at < :at)
            """;

    static final String FORGET_CREATES = """
            delete from remembered_create where company_id = :company and created_at < :before
            """;

    static final String REMEMBER_CREATE = """
            insert into remembered_create (company_id, actor, token, request, key_id, created_at)
            values (:company, :actor, :token, :request, :id, :at)
            """;

    static final String LOG_WRITTEN = """
            select pg_current_wal_insert_lsn() - '0/0'::pg_lsn
            """;

    static final String LOG_REPLAYED = """
            select pg_last_wal_replay_lsn() - '0/0'::pg_lsn, pg_is_in_recovery()
            """;

    static final String CLUSTER = """
            select system_identifier from pg_control_system()
            """;

    static final String COUNT_ROWS = """
            select (select count(*) from api_key), (select count(*) from api_key_event),
                   (select count(*) from remembered_create)
            """;

    static final String ALL_KEYS = """
            select company_id, id, user_id, description, allowed_addresses, scopes,
                   api_version, api_version_since, api_version_trail, expires_at, enabled,
                   updated_at, deleted_at, revision, last_used_at, last_used_from,
                   reference, prefix, digest_scheme, digest
              from api_key
             where id >= :from
             order by id fetch first :limit rows only
            """;

    static final String ALL_EVENTS = """
            select sequence, company_id, key_id, revision, action, fields, occurred_at, actor
              from api_key_event
             where sequence > :after and sequence <= :last
             order by sequence fetch first :limit rows only
            """;

    /** With ties: the order among the creates of one key is not left to the database. */
    static final String ALL_CREATES = """
            select company_id, actor, token, request, key_id, created_at from remembered_create
             where key_id >= :from
             order by key_id fetch first :limit rows with ties
            """;

    static final String PRESENT_KEYS = """
            select company_id, id from api_key where id = any(:ids)
            """;

    static final String PRESENT_EVENTS = """
            select company_id, sequence from api_key_event where sequence = any(:sequences)
            """;

    static final String COPY_KEY = """
            insert into api_key (company_id, id, user_id, description, allowed_addresses, scopes,
                   api_version, api_version_since, api_version_trail, expires_at, enabled, active,
                   updated_at, deleted_at, revision, last_used_at, last_used_from,
                   reference, prefix, digest_scheme, digest)
            values (:company, :id, :user, :description, :addresses, :scopes,
                   :version, :since, :trail, :expiry, :enabled, :active,
                   :updated, :deleted, :revision, :at, :from,
                   :reference, :prefix, :scheme, :digest)
            """;

    static final String COPY_EVENT = """
            insert into api_key_event (sequence, company_id, key_id, revision, action, fields, occurred_at, actor)
            values (:sequence, :company, :id, :revision, :action, :fields, :at, :actor)
            """;

    static final String FORGET_COUNTS = """
            delete from api_key_count
            """;

    static final String RECOUNT = """
            insert into api_key_count (company_id, active, slot, keys)
            select company_id, active, 0, count(*) from api_key group by company_id, active
            """;

    static final String CONTINUE_EVENTS_BY_RESTART = """
            alter table api_key_event alter column sequence restart with
                   (select greatest(coalesce(max(sequence), 0), cast(? as bigint))+1 from api_key_event)
            """;

    static final String CONTINUE_EVENTS_BY_SETVAL = """
            select setval(pg_get_serial_sequence('api_key_event', 'sequence'),
                          greatest(coalesce(max(sequence), 0), cast(? as bigint))+1, false)
              from api_key_event
            """;

    static final String SETTLE_EVENTS = """
            lock table api_key_event in share mode
            """;

    private KeySql() {}
}
