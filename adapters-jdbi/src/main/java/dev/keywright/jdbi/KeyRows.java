package dev.keywright.jdbi;

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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
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
            IpAllowList.of(
                    texts(row, "allowed_addresses").stream().map(IpRange::parse).toList()),
            Optional.ofNullable(row.getString("description")).map(Description::new),
            Scopes.of(texts(row, "scopes").stream().map(Scope::new).toList()),
            new VersionPin(
                    Optional.ofNullable(row.getString("api_version")).map(ApiVersion::parse),
                    optionalInstant(row, "api_version_since"),
                    texts(row, "api_version_trail").stream().map(KeyRows::step).toList()),
            new Expiry(optionalInstant(row, "expires_at")),
            row.getBoolean("enabled"),
            instant(row, "updated_at"),
            optionalInstant(row, "deleted_at"),
            row.getLong("revision"),
            use(row));

    static final RowMapper<VerifiableKey> VERIFIABLE = (row, context) -> {
        String scheme = row.getString("digest_scheme");
        return new VerifiableKey(
                id(row, "id"),
                new UserId(row.getString("user_id")),
                KeyReference.parse(row.getString("reference")),
                new SecretDigest(scheme, row.getBytes("digest")),
                new Expiry(optionalInstant(row, "expires_at")),
                instant(row, "updated_at"),
                new KeyTerms(
                        new CompanyId(row.getString("company_id")),
                        new KeyPrefix(row.getString("prefix")),
                        scheme,
                        Optional.ofNullable(row.getString("api_version")).map(ApiVersion::parse),
                        Scopes.of(texts(row, "scopes").stream().map(Scope::new).toList()),
                        IpAllowList.of(texts(row, "allowed_addresses").stream()
                                .map(IpRange::parse)
                                .toList()),
                        row.getBoolean("enabled"),
                        optionalInstant(row, "deleted_at").isPresent()));
    };

    static final RowMapper<RecordedEvent> EVENT = (row, context) -> new RecordedEvent(
            row.getLong("sequence"),
            new CompanyId(row.getString("company_id")),
            id(row, "key_id"),
            row.getLong("revision"),
            new KeyEvent(
                    KeyAction.valueOf(row.getString("action")),
                    texts(row, "fields").stream().map(KeyField::valueOf).collect(Collectors.toSet()),
                    instant(row, "occurred_at")),
            new Actor(row.getString("actor")));

    static final RowMapper<RecordedCreate> CREATE = (row, context) ->
            new RecordedCreate(row.getString("request"), id(row, "key_id"), instant(row, "created_at"));

    static final RowMapper<ApiKeyId> ID = (row, context) -> id(row, "id");

    private KeyRows() {}

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

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Object[] elements = (Object[]) row.getArray(column).getArray();
        return Arrays.stream(elements).map(String.class::cast).toList();
    }

    private static VersionPin.Return step(String text) {
        String[] parts = text.split(KeyColumns.UNTIL, 2);
        return new VersionPin.Return(ApiVersion.parse(parts[0]), Instant.parse(parts[1]));
    }
}
