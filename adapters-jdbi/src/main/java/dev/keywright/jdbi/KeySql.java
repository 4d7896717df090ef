package dev.keywright.jdbi;

/**
 * Every statement over the keys. Each names the company, as a condition or, where a stranger's reference is all that is
 * known, in what it returns; {@link #ANY_KEY} and {@link #NEWEST_EVENT} alone look at all of them and return nothing of a key.
 *
 * <p>The lists spell out the index {@code api_key_list} from its first column in their order, all columns in one direction:
 * H2 walks the index only then.
 */
final class KeySql {

    static final String NEWEST_EVENT = """
            select coalesce(max(sequence), 0) from api_key_event
            """;

    static final String FIND = """
            select k.company_id, k.id, k.user_id, k.description, k.allowed_addresses, k.scopes,
                   k.api_version, k.api_version_since, k.api_version_trail, k.expires_at, k.enabled,
                   k.updated_at, k.deleted_at, k.revision, k.last_used_at, k.last_used_from,
                   s.reference, s.prefix, s.digest_scheme, s.digest
              from api_key k
              join api_key_secret s on s.company_id = k.company_id and s.key_id = k.id
             where k.company_id = :company and k.id = :id
            """;

    static final String HOLD = """
            select active from api_key where company_id = :company and id = :id for update
            """;

    static final String LOOK_UP = """
            select k.company_id, k.id, k.user_id, k.allowed_addresses, k.scopes, k.api_version, k.expires_at,
                   k.enabled, k.updated_at, k.deleted_at is not null, s.reference, s.prefix, s.digest_scheme, s.digest
              from api_key_secret s
              join api_key k on k.company_id = s.company_id and k.id = s.key_id
             where s.reference = ?
            """;

    static final String LOOK_UP_ALL = """
            select k.company_id, k.id, k.user_id, k.allowed_addresses, k.scopes, k.api_version, k.expires_at,
                   k.enabled, k.updated_at, k.deleted_at is not null, s.reference, s.prefix, s.digest_scheme, s.digest
              from api_key_secret s
              join api_key k on k.company_id = s.company_id and k.id = s.key_id
             where s.reference = any(?)
            """;

    static final String OLDER = """
            select k.company_id, k.id, k.user_id, k.description, k.allowed_addresses, k.scopes,
                   k.api_version, k.api_version_since, k.api_version_trail, k.expires_at, k.enabled,
                   k.updated_at, k.deleted_at, k.revision, k.last_used_at, k.last_used_from,
                   s.reference, s.prefix, s.digest_scheme, s.digest
              from api_key k
              join api_key_secret s on s.company_id = k.company_id and s.key_id = k.id
             where k.company_id = :company and k.active = :active and k.id < :position
             order by k.company_id desc, k.active desc, k.id desc
            offset :skip rows fetch first :limit rows only
            """;

    static final String NEWER = """
            select k.company_id, k.id, k.user_id, k.description, k.allowed_addresses, k.scopes,
                   k.api_version, k.api_version_since, k.api_version_trail, k.expires_at, k.enabled,
                   k.updated_at, k.deleted_at, k.revision, k.last_used_at, k.last_used_from,
                   s.reference, s.prefix, s.digest_scheme, s.digest
              from api_key k
              join api_key_secret s on s.company_id = k.company_id and s.key_id = k.id
             where k.company_id = :company and k.active = :active and k.id > :position
             order by k.company_id, k.active, k.id
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
     * The company is a range on purpose: by an equality PostgreSQL knows that its order does not matter, and may then walk back
     * through the ids of all companies until it meets this one.
     */
    static final String NEWEST = """
            select id from api_key where company_id between :company and :company
             order by company_id desc, id desc fetch first 1 row only
            """;

    static final String EVENTS = """
            select sequence, company_id, key_id, revision, action, fields, occurred_at, actor
              from api_key_event
             where company_id = :company and key_id = :id
             order by company_id, key_id, revision
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
                   updated_at, deleted_at, revision)
            values (:company, :id, :user, :description, :addresses, :scopes,
                   :version, :since, :trail, :expiry, :enabled, :active,
                   :updated, :deleted, :revision)
            """;

    static final String INSERT_SECRET = """
            insert into api_key_secret (reference, company_id, key_id, prefix, digest_scheme, digest)
            values (:reference, :company, :id, :prefix, :scheme, :digest)
            """;

    static final String INSERT_EVENT = """
            insert into api_key_event (company_id, key_id, revision, action, fields, occurred_at, actor)
            values (:company, :id, :revision, :action, :fields, :at, :actor)
            """;

    /**
     * A whole create and its commit, which a driver that knows how sends at once. The number of the event is taken last, right
     * before the commit.
     */
    static final String CREATE_AND_COMMIT = """
            insert into api_key (company_id, id, user_id, description, allowed_addresses, scopes,
                   api_version, api_version_since, api_version_trail, expires_at, enabled, active,
                   updated_at, deleted_at, revision)
            values (:company, :id, :user, :description, :addresses, :scopes,
                   :version, :since, :trail, :expiry, :enabled, :active,
                   :updated, :deleted, :revision);
            insert into api_key_secret (reference, company_id, key_id, prefix, digest_scheme, digest)
            values (:reference, :company, :id, :prefix, :scheme, :digest);
            insert into api_key_count (company_id, active, slot, keys) values (:company, :active, :slot, :change)
                on conflict (company_id, active, slot) do update set keys = api_key_count.keys + excluded.keys;
            insert into api_key_event (company_id, key_id, revision, action, fields, occurred_at, actor)
            values (:company, :id, :revision, :action, :fields, :at, :actor);
            commit
            """;

    static final String REPLACE_KEY = """
            update api_key
               set user_id = :user, description = :description, allowed_addresses = :addresses, scopes = :scopes,
                   api_version = :version, api_version_since = :since, api_version_trail = :trail,
                   expires_at = :expiry, enabled = :enabled, active = :active,
                   updated_at = :updated, deleted_at = :deleted, revision = :revision
             where company_id = :company and id = :id and revision = :before
            """;

    static final String REPLACE_SECRET = """
            update api_key_secret
               set reference = :reference, prefix = :prefix, digest_scheme = :scheme, digest = :digest
             where company_id = :company and key_id = :id
               and (reference <> :reference or prefix <> :prefix or digest_scheme <> :scheme or digest <> :digest)
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

    private KeySql() {}
}
