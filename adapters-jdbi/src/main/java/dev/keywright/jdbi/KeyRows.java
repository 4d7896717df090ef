package dev.keywright.jdbi;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeyField;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.KeyTerms;
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigest;
import dev.keywright.domain.UserId;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.domain.VersionPin;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;

/** How rows are read. {@link KeyColumns} writes what is read here. */
final class KeyRows {

    static final RowMapper<ApiKey> KEY = (row, context) -> new ApiKey(
            id(row, "id"),
            new CompanyId(row.getString("company_id")),
            new UserId(row.getString("user_id")),
            new KeyCredential(
                    new KeyPrefix(row.getString("prefix")),
                    KeyReference.parse(row.getString("reference")),
                    new SecretDigest(row.getString("digest_scheme"), row.getBytes("digest"))),
            IpAllowList.of(all(row.getArray("allowed_addresses"), IpRange::parse)),
            Optional.ofNullable(row.getString("description")).map(Description::new),
            Scopes.of(all(row.getArray("scopes"), Scope::new)),
            new VersionPin(
                    Optional.ofNullable(row.getString("api_version")).map(ApiVersion::parse),
                    optionalInstant(row, "api_version_since"),
                    all(row.getArray("api_version_trail"), KeyRows::step)),
            new Expiry(optionalInstant(row, "expires_at")),
            row.getBoolean("enabled"),
            instant(row, "updated_at"),
            optionalInstant(row, "deleted_at"),
            row.getLong("revision"),
            use(row));

    static final RowMapper<RecordedEvent> EVENT = (row, context) -> new RecordedEvent(
            row.getLong("sequence"),
            new CompanyId(row.getString("company_id")),
            id(row, "key_id"),
            row.getLong("revision"),
            new KeyEvent(
                    KeyAction.valueOf(row.getString("action")),
                    Set.copyOf(all(row.getArray("fields"), KeyField::valueOf)),
                    instant(row, "occurred_at")),
            new Actor(row.getString("actor")));

    static final RowMapper<RecordedCreate> CREATE = (row, context) ->
            new RecordedCreate(row.getString("request"), id(row, "key_id"), instant(row, "created_at"));

    static final RowMapper<StoredRow.Create> STORED_CREATE = (row, context) -> new StoredRow.Create(
            new CompanyId(row.getString("company_id")),
            new IdempotencyToken(new Actor(row.getString("actor")), row.getString("token")),
            CREATE.map(row, context));

    static final RowMapper<ApiKeyId> ID = (row, context) -> id(row, "id");

    private KeyRows() {}

    /** Reads a row of {@link KeySql#LOOK_UP}, column by column: to find them by their names takes longer than to read them. */
    static VerifiableKey verifiable(ResultSet row) throws SQLException {
        CompanyId company = new CompanyId(row.getString(1));
        UUID id = row.getObject(2, UUID.class);
        String scheme = row.getString(13);
        return new VerifiableKey(
                new ApiKeyId(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                new UserId(row.getString(3)),
                KeyReference.parse(row.getString(11)),
                new SecretDigest(scheme, row.getBytes(14)),
                new Expiry(Optional.ofNullable(row.getObject(7, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)),
                row.getObject(9, OffsetDateTime.class).toInstant(),
                new KeyTerms(
                        company,
                        new KeyPrefix(row.getString(12)),
                        scheme,
                        Optional.ofNullable(row.getString(6)).map(ApiVersion::parse),
                        Scopes.of(all(row.getArray(5), Scope::new)),
                        IpAllowList.of(all(row.getArray(4), IpRange::parse)),
                        row.getBoolean(8),
                        row.getBoolean(10)));
    }

    private static Optional<KeyUse> use(ResultSet row) throws SQLException {
        Optional<IpAddress> from =
                Optional.ofNullable(row.getString("last_used_from")).map(IpAddress::parse);
        return optionalInstant(row, "last_used_at").map(at -> new KeyUse(at, from));
    }

    private static ApiKeyId id(ResultSet row, String column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return new ApiKeyId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** Read as the moment with its offset: H2 is an hour off around changes of daylight saving if asked for an instant. */
    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static <T> List<T> all(Array texts, Function<String, T> read) throws SQLException {
        Object[] elements = (Object[]) texts.getArray();
        List<T> all = new ArrayList<>(elements.length);
        for (Object element : elements) {
            all.add(read.apply((String) element));
        }
        return all;
    }

    private static VersionPin.Return step(String text) {
        String[] parts = text.split(KeyColumns.UNTIL, 2);
        return new VersionPin.Return(ApiVersion.parse(parts[0]), Instant.parse(parts[1]));
    }
}
