package dev.keywright.bootstrap;

import dev.keywright.application.Caller;
import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyVerification;
import dev.keywright.application.Precondition;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import dev.keywright.domain.Verification;
import dev.keywright.jdbi.Database;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store with keys of every sort in several companies, opened for a test. */
final class FilledStore implements AutoCloseable {

    static final Caller ACME = Caller.trusted(new CompanyId("acme"), new Actor("host"));
    static final Caller OTHER = Caller.trusted(new CompanyId("\u00c4\ud83d\udd11 \"quoted\"\\"), new Actor("host"));

    private final Database database;
    private final KeyAdministration administration;
    private final KeyVerification verification;

    private FilledStore(Database database, Settings settings) {
        this.database = database;
        this.administration =
                new KeyAdministration(database.store(), InstantSource.system(), new SecureRandom(), settings.policy());
        this.verification = new KeyVerification(
                database.store(), InstantSource.system(), settings.policy().digester());
    }

    static FilledStore open(Map<String, String> environment) {
        Settings settings = Settings.read(environment, Map.of());
        return new FilledStore(Database.open(settings.database()), settings);
    }

    /** Puts keys in; answers them with their secrets, newest last. */
    List<CreatedKey> fill(int count) {
        List<CreatedKey> made = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            made.add(made(at % 3 == 0 ? OTHER : ACME, at));
        }
        return made;
    }

    private CreatedKey made(Caller caller, int at) {
        KeyDraft draft = new KeyDraft(
                new UserId("alice-" + at % 7),
                at % 4 == 0
                        ? IpAllowList.of(List.of(IpRange.parse("10.0.0.0/8"), IpRange.parse("::1")))
                        : IpAllowList.anywhere(),
                at % 2 == 0 ? Optional.of(new Description("Caf\u00e9\u2028\t" + at)) : Optional.empty(),
                at % 3 == 0 ? Scopes.none() : Scopes.of(new Scope("keys:read"), new Scope("a:b")),
                at % 6 == 1 ? Expiry.at(Instant.parse("2999-01-01T00:00:00Z")) : Expiry.never());
        CreatedKey created = at % 5 == 0
                ? administration.create(caller, draft, "token-" + at)
                : administration.create(caller, draft);
        ApiKeyId id = created.key().id();
        switch (at % 8) {
            case 1 -> administration.delete(caller, id, Precondition.none());
            case 2 -> administration.deactivate(caller, id, Precondition.none());
            case 3 -> {
                update(caller, id, "2026-01-01");
                update(caller, id, "2026-02-01");
            }
            case 4 -> note(caller, id);
            default -> {}
        }
        return created;
    }

    private void update(Caller caller, ApiKeyId id, String version) {
        administration.update(
                caller, id, KeyUpdate.nothing().withApiVersion(ApiVersion.parse(version)), Precondition.none());
    }

    private void note(Caller caller, ApiKeyId id) {
        KeyUse use = new KeyUse(Instant.now(), Optional.of(IpAddress.parse("203.0.113.7")));
        database.store().write(keys -> {
            keys.noteUses(List.of(new NotedUse(caller.company(), id, use)));
            return use;
        });
    }

    Database database() {
        return database;
    }

    KeyAdministration administration() {
        return administration;
    }

    /** What the endpoint would answer for this secret. */
    String verdict(CreatedKey created) {
        Verification verdict = verification.verify(
                created.secret().orElseThrow().reveal(), Optional.of(IpAddress.parse("10.1.2.3")), Scopes.none());
        return verdict instanceof Verification.Denied denied ? denied.reason().name() : "VALID";
    }

    List<RecordedEvent> events(Caller caller, ApiKeyId id) {
        return database.store().read((KeyReader keys) -> keys.events(caller.company(), id));
    }

    @Override
    public void close() {
        database.close();
    }
}
