package dev.keywright.application;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.domain.Verification;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides about presented secrets, in one order (contract section 9): shape and checksum, without a look-up; reference known;
 * digest equal; company; and then what {@link VerifiableKey#judge} says. Until the digest matches every denial is
 * {@link dev.keywright.domain.Denial#NOT_FOUND}.
 *
 * <p>A verdict is a value. The exceptions are the store's being away ({@link
 * dev.keywright.application.spi.StoreFailure}) and a missing pepper ({@link
 * dev.keywright.domain.UnknownSchemeException}); neither says anything about the key. A verification writes nothing and
 * waits for no write. Thread-safe.
 */
public final class KeyVerification {

    private final KeyStore store;
    private final InstantSource clock;
    private final SecretDigester digester;
    private final KeyUses uses;

    /** Verifies without taking note of uses. */
    public KeyVerification(KeyStore store, InstantSource clock, SecretDigester digester) {
        this(store, clock, digester, KeyUses.unnoted());
    }

    /**
     * @param store where keys are looked up; a near cache in front of a database makes most look-ups cost nothing
     * @param uses takes note of what is granted
     */
    public KeyVerification(KeyStore store, InstantSource clock, SecretDigester digester, KeyUses uses) {
        this.store = store;
        this.clock = clock;
        this.digester = digester;
        this.uses = uses;
    }

    /**
     * Verifies a secret of whatever company.
     *
     * @param presented what the caller presented, to the letter
     * @param client the caller's address; empty if it cannot be known
     * @param required the scopes that the call needs
     */
    public Verification verify(String presented, Optional<IpAddress> client, Scopes required) {
        return verify(presented, client, required, null);
    }

    /** Verifies a secret for one company; a key of another is not found. */
    public Verification verify(CompanyId company, String presented, Optional<IpAddress> client, Scopes required) {
        return verify(presented, client, required, company);
    }

    private Verification verify(
            String presented, Optional<IpAddress> client, Scopes required, @Nullable CompanyId company) {
        Optional<KeySecret> parsed = KeySecret.parse(presented);
        if (parsed.isEmpty()) {
            return Verification.Denied.notFound();
        }
        KeySecret secret = parsed.get();
        Optional<VerifiableKey> known = store.lookUp(secret.reference());
        if (known.isEmpty() || !digester.matches(secret, known.get())) {
            return Verification.Denied.notFound();
        }
        VerifiableKey key = known.get();
        if (company != null && !company.equals(key.company())) {
            return Verification.Denied.notFound();
        }
        Verification verdict = key.judge(clock, client, required);
        if (verdict.isGranted()) {
            uses.note(key, client);
        }
        return verdict;
    }
}
