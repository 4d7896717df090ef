package dev.keywright.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.Caller;
import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.Precondition;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import dev.keywright.inmemory.InMemoryKeyStore;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of the README does what it says, and the README shows it as it is compiled. */
final class EmbeddedKeysTest {

    private static final Path SOURCES = Path.of("src/test/java/dev/keywright/example");

    @Test
    void aKeyThatIsGivenOpensWhatItIsFor() {
        EmbeddedKeys keys = new EmbeddedKeys(new InMemoryKeyStore());

        String secret = keys.give("acme", "alice");

        assertThat(secret).startsWith("acme_live_");
        assertThat(keys.mayRead(secret, "203.0.113.7")).contains(new CompanyId("acme"));
        assertThat(keys.mayRead(secret + "x", "203.0.113.7")).isEmpty();
    }

    @Test
    void anAddressThatCannotBeReadIsUnknown() {
        KeyStore store = new InMemoryKeyStore();
        EmbeddedKeys keys = new EmbeddedKeys(store);
        String restricted = restrictedTo(IpRange.parse("203.0.113.0/24"), store);

        assertThat(keys.mayRead(restricted, "203.0.113.7")).contains(new CompanyId("acme"));
        assertThat(keys.mayRead(restricted, "unknown")).isEmpty();
        assertThat(keys.mayRead(keys.give("acme", "alice"), "unknown")).contains(new CompanyId("acme"));
    }

    private static String restrictedTo(IpRange range, KeyStore store) {
        KeyDraft draft = KeyDraft.of(new UserId("alice"))
                .withScopes(Scopes.of(List.of(new Scope("invoices:read"))))
                .withAllowList(IpAllowList.of(List.of(range)));
        return new KeyAdministration(store, InstantSource.system(), new SecureRandom(), KeyPolicy.defaults())
                .create(Caller.trusted(new CompanyId("acme"), new Actor("host")), draft)
                .secret()
                .orElseThrow()
                .reveal();
    }

    @Test
    void itWorksOverADatabaseToo() {
        try (Database database = Database.open(DatabaseSettings.of("jdbc:h2:mem:embedded"))) {
            EmbeddedKeys keys = new EmbeddedKeys(database.store());

            assertThat(keys.mayRead(keys.give("acme", "alice"), "203.0.113.7")).contains(new CompanyId("acme"));
        }
    }

    @Test
    void keysInMemoryFollowTheirChangesAndTellWhenTheyWereUsed() {
        Caller host = Caller.trusted(new CompanyId("acme"), new Actor("host"));
        KeyStore store = new InMemoryKeyStore();
        try (FastKeys keys = new FastKeys(store)) {
            CreatedKey created = keys.administration.create(host, KeyDraft.of(new UserId("alice")));
            String secret = created.secret().orElseThrow().reveal();

            assertThat(keys.verification
                            .verify(secret, Optional.empty(), Scopes.none())
                            .isGranted())
                    .isTrue();
            keys.administration.delete(host, created.key().id(), Precondition.none());
            assertThat(keys.verification
                            .verify(secret, Optional.empty(), Scopes.none())
                            .isGranted())
                    .isFalse();
        }
        ApiKey kept = store.read(keys -> keys.older(new CompanyId("acme"), KeyStatus.INACTIVE, ApiKeyId.NEWEST, 0, 1))
                .get(0);
        assertThat(kept.lastUse()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EmbeddedKeys", "FastKeys"})
    void theReadmeShowsTheVeryCode(String example) throws IOException {
        String source = Files.readString(SOURCES.resolve(example + ".java"));
        String shown = source.substring(source.indexOf("import "));

        assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + shown + "```\n");
    }
}
