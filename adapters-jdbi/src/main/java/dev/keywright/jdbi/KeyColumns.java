package dev.keywright.jdbi;

import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.Description;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.Scope;
import dev.keywright.domain.VersionPin;
import dev.keywright.jdbi.Values.Value;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** How values are written. {@link KeyRows} reads what is written here. */
final class KeyColumns {

    /** Stands between a version of the trail and the instant until which a key may return to it. */
    static final String UNTIL = " until ";

    private KeyColumns() {}

    static Values key(ApiKey key) {
        KeyCredential credential = key.credential();
        return new Values()
                .with("company", key.company().value())
                .with("id", id(key.id()))
                .with("user", key.user().value())
                .with("description", key.description().map(Description::value).orElse(null))
                .with("addresses", texts(key.allowList().ranges().stream().map(IpRange::toString)))
                .with("scopes", texts(key.scopes().toList().stream().map(Scope::value)))
                .with("version", key.pin().current().map(ApiVersion::toString).orElse(null))
                .with("since", instant(key.pin().since()))
                .with("trail", texts(key.pin().trail().stream().map(KeyColumns::step)))
                .with("expiry", instant(key.expiry().at()))
                .with("enabled", key.enabled())
                .with("active", key.status() == KeyStatus.ACTIVE)
                .with("updated", instant(key.updatedAt()))
                .with("deleted", instant(key.deletedAt()))
                .with("revision", key.revision())
                .with("reference", credential.reference().value())
                .with("prefix", credential.prefix().value())
                .with("scheme", credential.digest().scheme())
                .with("digest", bytes(credential.digest().bytes()));
    }

    static Values event(KeyChange change, Actor by) {
        KeyEvent event = change.event();
        return new Values()
                .with("company", change.after().company().value())
                .with("id", id(change.after().id()))
                .with("revision", change.after().revision())
                .with("action", event.action().name())
                .with("fields", texts(event.fields().stream().sorted().map(Enum::name)))
                .with("at", instant(event.at()))
                .with("actor", by.value())
                .with("reference", change.after().credential().reference().value());
    }

    /** An event with its sequence. */
    static Values event(RecordedEvent recorded) {
        KeyEvent event = recorded.event();
        return new Values()
                .with("sequence", recorded.sequence())
                .with("company", recorded.company().value())
                .with("id", id(recorded.key()))
                .with("revision", recorded.revision())
                .with("action", event.action().name())
                .with("fields", texts(event.fields().stream().sorted().map(Enum::name)))
                .with("at", instant(event.at()))
                .with("actor", recorded.by().value());
    }

    static Values create(StoredRow.Create row) {
        return new Values()
                .with("company", row.company().value())
                .with("actor", row.token().by().value())
                .with("token", row.token().value())
                .with("request", row.create().request())
                .with("id", id(row.create().key()))
                .with("at", instant(row.create().at()));
    }

    static Value id(ApiKeyId id) {
        UUID uuid = new UUID(id.high(), id.low());
        return (statement, position) -> statement.setObject(position, uuid);
    }

    static Value instant(Instant instant) {
        return instant(Optional.of(instant));
    }

    static Value instant(Optional<Instant> instant) {
        return (statement, position) -> {
            if (instant.isPresent()) {
                statement.setObject(position, OffsetDateTime.ofInstant(instant.get(), ZoneOffset.UTC));
            } else {
                statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE);
            }
        };
    }

    static Value texts(Stream<String> texts) {
        List<String> elements = texts.toList();
        return (statement, position) ->
                statement.setArray(position, statement.getConnection().createArrayOf("varchar", elements.toArray()));
    }

    static Values use(Optional<KeyUse> use) {
        return new Values()
                .with("at", instant(use.map(KeyUse::at)))
                .with("from", use.flatMap(KeyUse::from).map(IpAddress::toString).orElse(null));
    }

    private static Value bytes(byte[] bytes) {
        return (statement, position) -> statement.setBytes(position, bytes);
    }

    static Value array(String type, Object[] elements) {
        return (statement, position) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, elements));
    }

    private static String step(VersionPin.Return step) {
        return step.version() + UNTIL + step.notAfter();
    }
}
