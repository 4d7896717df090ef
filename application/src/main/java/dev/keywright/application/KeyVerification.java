package dev.keywright.application;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.Verification;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides about presented secrets, in one order (contract section 9): shape and checksum, without a look-up; reference known;
 * digest equal; company; and then what {@link ApiKey#judge} says. Until the digest matches every denial is
 * {@link dev.keywright.domain.Denial#NOT_FOUND}.
 *
 * <p>A verdict is a value. The exceptions are the store's being away ({@link
 * dev.keywright.application.spi.StoreFailure}) and a missing pepper ({@link
 * dev.keywright.domain.UnknownSchemeException}); neither says anything about the key. Thread-safe.
 */
public final class KeyVerification {

    private final KeyStore store;
    private final InstantSource clock;
    private final SecretDigester digester;

    public KeyVerification(KeyStore store, InstantSource clock, SecretDigester digester) {
        this.store = store;
        this.clock = clock;
        this.digester = digester;
    }

    /**
     * Verifies a secret of whatever company.
     *
     * @param presented what the caller presented, to the letter
     * @param client the caller's address; empty if it cannot be known
     * @param required the scopes that the call needs
     */
    public Verification verify(String presented, Optional<IpAddress> client, Scopes required) {
        return verify(presented, client, required, Optional.empty());
    }

    /** Verifies a secret for one company; a key of another is not found. */
    public Verification verify(CompanyId company, String presented, Optional<IpAddress> client, Scopes required) {
        return verify(presented, client, required, Optional.of(company));
    }

    private Verification verify(
            String presented, Optional<IpAddress> client, Scopes required, Optional<CompanyId> company) {
        Optional<KeySecret> secret = KeySecret.parse(presented);
        if (secret.isEmpty()) {
            return Verification.Denied.notFound();
        }
        Optional<ApiKey> known = store.read(
                        keys -> keys.findByReference(secret.get().reference()))
                .filter(key -> digester.matches(secret.get(), key.credential().digest()))
                .filter(key -> company.isEmpty() || company.get().equals(key.company()));
        return known.<Verification>map(key -> key.judge(clock.instant(), client, required))
                .orElse(Verification.Denied.notFound());
    }
}
