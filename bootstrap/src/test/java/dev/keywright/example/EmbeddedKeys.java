package dev.keywright.example;

import dev.keywright.application.Caller;
import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.KeyVerification;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.Actor;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import dev.keywright.domain.Verification;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Keys of one's own application, without a server beside it. */
final class EmbeddedKeys {

    private static final Scopes READ_INVOICES = Scopes.of(List.of(new Scope("invoices:read")));

    private final KeyAdministration administration;
    private final KeyVerification verification;

    /** Over {@code new InMemoryKeyStore()}, {@code Database.open(settings).store()} or {@code new JdbiKeyStore(jdbi)}. */
    EmbeddedKeys(KeyStore store) {
        InstantSource clock = InstantSource.system();
        KeyPolicy policy = KeyPolicy.defaults().withPrefix(new KeyPrefix("acme_live"));
        administration = new KeyAdministration(store, clock, new SecureRandom(), policy);
        verification = new KeyVerification(store, clock, policy.digester());
    }

    /** The text that the user copies; it is never to be had again. */
    String give(String company, String user) {
        Caller host = Caller.trusted(new CompanyId(company), new Actor("host"));
        KeyDraft draft = KeyDraft.of(new UserId(user)).withScopes(READ_INVOICES);
        CreatedKey created = administration.create(host, draft);
        return created.secret().orElseThrow().reveal();
    }

    /** Whose invoices a request may read; empty if it may not. */
    Optional<CompanyId> mayRead(String presented, String clientAddress) {
        Verification verdict = verification.verify(presented, known(clientAddress), READ_INVOICES);
        return verdict instanceof Verification.Granted granted
                ? Optional.of(granted.key().company())
                : Optional.empty();
    }

    /** What is no address is an unknown one: a key that is restricted to addresses refuses it, others do not mind. */
    private static Optional<IpAddress> known(String clientAddress) {
        try {
            return Optional.of(IpAddress.parse(clientAddress));
        } catch (InvalidValueException noAddress) {
            return Optional.empty();
        }
    }
}
