package dev.keywright.jdbi;

import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.Description;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.Scope;
import dev.keywright.domain.VersionPin;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;

/** How values are written. {@link KeyRows} reads what is written here. */
final class KeyColumns {

    /** Stands between a version of the trail and the instant until which a key may return to it. */
    static final String UNTIL = " until ";

    private KeyColumns() {}

    static <S extends SqlStatement<S>> S key(S statement, ApiKey key) {
        return statement
                .bind("company", key.company().value())
                .bind("id", id(key.id()))
                .bind("user", key.user().value())
                .bind("description", key.description().map(Description::value).orElse(null))
                .bind("addresses", texts(key.allowList().ranges().stream().map(IpRange::toString)))
                .bind("scopes", texts(key.scopes().toList().stream().map(Scope::value)))
                .bind("version", key.pin().current().map(ApiVersion::toString).orElse(null))
                .bind("since", instant(key.pin().since()))
                .bind("trail", texts(key.pin().trail().stream().map(KeyColumns::step)))
                .bind("expiry", instant(key.expiry().at()))
                .bind("enabled", key.enabled())
                .bind("active", key.status() == KeyStatus.ACTIVE)
                .bind("updated", instant(key.updatedAt()))
                .bind("deleted", instant(key.deletedAt()))
                .bind("revision", key.revision());
    }

    static <S extends SqlStatement<S>> S event(S statement, KeyChange change, Actor by) {
        KeyEvent event = change.event();
        return statement
                .bind("company", change.after().company().value())
                .bind("id", id(change.after().id()))
                .bind("revision", change.after().revision())
                .bind("action", event.action().name())
                .bind("fields", texts(event.fields().stream().sorted().map(Enum::name)))
                .bind("at", instant(event.at()))
                .bind("actor", by.value())
                .bind("reference", change.after().credential().reference().value());
    }

    static <S extends SqlStatement<S>> S secret(S statement, ApiKey key) {
        KeyCredential credential = key.credential();
        return statement
                .bind("company", key.company().value())
                .bind("id", id(key.id()))
                .bind("reference", credential.reference().value())
                .bind("prefix", credential.prefix().value())
                .bind("scheme", credential.digest().scheme())
                .bind("digest", credential.digest().bytes());
    }

    /** An event with its sequence. */
    static <S extends SqlStatement<S>> S event(S statement, RecordedEvent recorded) {
        KeyEvent event = recorded.event();
        return statement
                .bind("sequence", recorded.sequence())
                .bind("company", recorded.company().value())
                .bind("id", id(recorded.key()))
                .bind("revision", recorded.revision())
                .bind("action", event.action().name())
                .bind("fields", texts(event.fields().stream().sorted().map(Enum::name)))
                .bind("at", instant(event.at()))
                .bind("actor", recorded.by().value());
    }

    static <S extends SqlStatement<S>> S create(S statement, StoredRow.Create row) {
        return statement
                .bind("company", row.company().value())
                .bind("actor", row.token().by().value())
                .bind("token", row.token().value())
                .bind("request", row.create().request())
                .bind("id", id(row.create().key()))
                .bind("at", instant(row.create().at()));
    }

    static Argument id(ApiKeyId id) {
        UUID uuid = new UUID(id.high(), id.low());
        return (position, statement, context) -> statement.setObject(position, uuid);
    }

    static Argument instant(Instant instant) {
        return instant(Optional.of(instant));
    }

    static Argument instant(Optional<Instant> instant) {
        return (position, statement, context) -> {
            if (instant.isPresent()) {
                statement.setObject(position, OffsetDateTime.ofInstant(instant.get(), ZoneOffset.UTC));
            } else {
                statement.setNull(position, Types.TIMESTAMP_WITH_TIMEZONE);
            }
        };
    }

    static Argument texts(Stream<String> texts) {
        List<String> elements = texts.toList();
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf("varchar", elements.toArray()));
    }

    static Argument array(String type, Object[] elements) {
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, elements));
    }

    private static String step(VersionPin.Return step) {
        return step.version() + UNTIL + step.notAfter();
    }
}
