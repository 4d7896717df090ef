package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigest;
import dev.keywright.domain.UserId;
import dev.keywright.domain.VersionPin;
import dev.keywright.jdbi.StoredRow;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a store as lines of JSON. A row is written in one way only, and nothing else is read: who changes a line, even by a blank,
 * is found out.
 */
final class RowJson {

    private static final String KEY = "key";
    private static final String EVENT = "event";
    private static final String CREATE = "create";

    private RowJson() {}

    /** The row as a line, without its end. */
    static String line(StoredRow row) {
        if (row instanceof StoredRow.Key key) {
            return line(key.key());
        }
        return row instanceof StoredRow.Event event ? line(event.event()) : line((StoredRow.Create) row);
    }

    private static String line(ApiKey key) {
        ObjectNode line = begun(KEY)
                .put("company", key.company().value())
                .put("id", key.id().toString())
                .put("user", key.user().value())
                .put("description", key.description().map(Description::value).orElse(null));
        texts(line, "addresses", key.allowList().ranges().stream().map(IpRange::toString));
        texts(line, "scopes", key.scopes().toList().stream().map(Scope::value));
        line.put("version", key.pin().current().map(ApiVersion::toString).orElse(null))
                .put("since", text(key.pin().since()));
        ArrayNode trail = line.putArray("trail");
        key.pin()
                .trail()
                .forEach(back -> trail.addObject()
                        .put("version", back.version().toString())
                        .put("until", back.notAfter().toString()));
        return line.put("expiresAt", text(key.expiry().at()))
                .put("enabled", key.enabled())
                .put("updatedAt", key.updatedAt().toString())
                .put("deletedAt", text(key.deletedAt()))
                .put("revision", key.revision())
                .put("lastUsedAt", text(key.lastUse().map(KeyUse::at)))
                .put(
                        "lastUsedFrom",
                        key.lastUse()
                                .flatMap(KeyUse::from)
                                .map(IpAddress::toString)
                                .orElse(null))
                .put("prefix", key.credential().prefix().value())
                .put("reference", key.credential().reference().value())
                .put("scheme", key.credential().digest().scheme())
                .put("digest", hex(key.credential().digest()))
                .toString();
    }

    /** An event as a line, without its end. */
    static String line(RecordedEvent recorded) {
        ObjectNode line = begun(EVENT)
                .put("sequence", recorded.sequence())
                .put("company", recorded.company().value())
                .put("key", recorded.key().toString())
                .put("revision", recorded.revision())
                .put("action", recorded.event().action().name());
        texts(line, "fields", recorded.event().fields().stream().sorted().map(Enum::name));
        return line.put("at", recorded.event().at().toString())
                .put("actor", recorded.by().value())
                .toString();
    }

    private static String line(StoredRow.Create row) {
        return begun(CREATE)
                .put("company", row.company().value())
                .put("actor", row.token().by().value())
                .put("token", row.token().value())
                .put("request", row.create().request())
                .put("key", row.create().key().toString())
                .put("at", row.create().at().toString())
                .toString();
    }

    private static ObjectNode begun(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }

    private static void texts(ObjectNode line, String name, Stream<String> texts) {
        ArrayNode array = line.putArray(name);
        texts.forEach(array::add);
    }

    private static String hex(SecretDigest digest) {
        return HexFormat.of().formatHex(digest.bytes());
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }

    /**
     * Reads a line.
     *
     * @throws UnreadableLineException if an export would not have written it
     */
    static StoredRow row(String line) {
        LineFields fields = LineFields.of(line);
        StoredRow row = fields.read(RowJson::row);
        if (!line(row).equals(line)) {
            throw new UnreadableLineException("is not written as Keywright writes it");
        }
        return row;
    }

    private static StoredRow row(LineFields fields) {
        return switch (fields.text("kind")) {
            case KEY -> new StoredRow.Key(key(fields));
            case EVENT -> new StoredRow.Event(event(fields));
            case CREATE -> create(fields);
            default -> throw new UnreadableLineException("is of no known kind");
        };
    }

    private static ApiKey key(LineFields fields) {
        return new ApiKey(
                ApiKeyId.parse(fields.text("id")),
                new CompanyId(fields.text("company")),
                new UserId(fields.text("user")),
                new KeyCredential(
                        new KeyPrefix(fields.text("prefix")),
                        KeyReference.parse(fields.text("reference")),
                        new SecretDigest(fields.text("scheme"), HexFormat.of().parseHex(fields.text("digest")))),
                IpAllowList.of(fields.texts("addresses", IpRange::parse)),
                fields.optional("description", Description::new),
                Scopes.of(fields.texts("scopes", Scope::new)),
                new VersionPin(
                        fields.optional("version", ApiVersion::parse),
                        fields.optional("since", Instant::parse),
                        fields.objects("trail", RowJson::step)),
                new Expiry(fields.optional("expiresAt", Instant::parse)),
                fields.bool("enabled"),
                Instant.parse(fields.text("updatedAt")),
                fields.optional("deletedAt", Instant::parse),
                fields.number("revision"),
                use(fields));
    }

    private static VersionPin.Return step(LineFields fields) {
        return new VersionPin.Return(ApiVersion.parse(fields.text("version")), Instant.parse(fields.text("until")));
    }

    private static Optional<KeyUse> use(LineFields fields) {
        Optional<IpAddress> from = fields.optional("lastUsedFrom", IpAddress::parse);
        return fields.optional("lastUsedAt", Instant::parse).map(at -> new KeyUse(at, from));
    }

    private static RecordedEvent event(LineFields fields) {
        List<KeyField> changed = fields.texts("fields", KeyField::valueOf);
        return new RecordedEvent(
                fields.number("sequence"),
                new CompanyId(fields.text("company")),
                ApiKeyId.parse(fields.text("key")),
                fields.number("revision"),
                new KeyEvent(
                        KeyAction.valueOf(fields.text("action")),
                        Set.copyOf(changed),
                        Instant.parse(fields.text("at"))),
                new Actor(fields.text("actor")));
    }

    private static StoredRow.Create create(LineFields fields) {
        return new StoredRow.Create(
                new CompanyId(fields.text("company")),
                new IdempotencyToken(new Actor(fields.text("actor")), fields.text("token")),
                new RecordedCreate(
                        fields.text("request"), ApiKeyId.parse(fields.text("key")), Instant.parse(fields.text("at"))));
    }
}
