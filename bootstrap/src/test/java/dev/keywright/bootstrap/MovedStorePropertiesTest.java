package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeyField;
import dev.keywright.domain.KeyUse;
import dev.keywright.jdbi.StoredRow;
import dev.keywright.testkit.KeyArbitraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a store holds, it is written in one way, and read as what it was. */
final class MovedStorePropertiesTest {

    private static final List<CompanyId> COMPANIES = List.of(
            new CompanyId("a"), new CompanyId("\u00c4"), new CompanyId("\ud83d\udd11\u2028\uffee"), new CompanyId("B"));

    @Provide
    Arbitrary<ApiKey> keys() {
        Arbitrary<Optional<KeyUse>> uses = Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli),
                        Arbitraries.of("203.0.113.7", "2001:db8::1")
                                .map(IpAddress::parse)
                                .optional())
                .as(KeyUse::new)
                .optional();
        return Arbitraries.of(COMPANIES).flatMap(KeyArbitraries::apiKeys).flatMap(key -> uses.map(key::withLastUse));
    }

    @Provide
    Arbitrary<List<ApiKey>> stores() {
        return keys().list()
                .ofMaxSize(12)
                .uniqueElements(ApiKey::id)
                .uniqueElements(key -> key.credential().reference());
    }

    private static List<StoredRow> rows(List<ApiKey> keys) {
        List<StoredRow> rows = new ArrayList<>();
        for (ApiKey key : keys) {
            KeyAction action = KeyAction.values()[rows.size() % KeyAction.values().length];
            Set<KeyField> fields = action == KeyAction.UPDATED ? EnumSet.allOf(KeyField.class) : Set.of();
            Actor actor = new Actor("oauth2:" + key.user());
            rows.add(new StoredRow.Key(key));
            rows.add(new StoredRow.Event(new RecordedEvent(
                    1 + rows.size() * 7L,
                    key.company(),
                    key.id(),
                    key.revision(),
                    new KeyEvent(action, fields, key.updatedAt()),
                    actor)));
            for (String token : List.of("b", "B", "~" + rows.size())) {
                rows.add(new StoredRow.Create(
                        key.company(),
                        new IdempotencyToken(new Actor(actor.value() + token), token),
                        new RecordedCreate("f".repeat(64), key.id(), key.createdAt())));
            }
        }
        return rows;
    }

    @Property
    void aLineIsReadAsTheRowItWasWrittenFrom(@ForAll("keys") ApiKey key) {
        for (StoredRow row : rows(List.of(key))) {
            String line = RowJson.line(row);

            assertThat(RowJson.row(line)).isEqualTo(row);
            assertThat(line).doesNotContain("\n");
        }
    }

    @Property(tries = 6)
    void whatWasImportedIsExportedToTheByte(@ForAll("stores") List<ApiKey> keys, @ForAll Place place)
            throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "moved")), "store-");
        Map<String, String> target = place.fresh(folder);
        Path copy = CopyOfKeys.write(folder.resolve("copy.jsonl"), rows(keys));
        Path moved = folder.resolve("moved.jsonl");

        Ran imported = Ran.command(target, "import", copy.toString());
        Ran exported = Ran.command(target, "export", moved.toString());

        assertThat(List.of(imported.status(), exported.status()))
                .as(imported.err() + exported.err())
                .containsOnly(0);
        assertThat(moved).hasSameBinaryContentAs(copy);
    }
}
