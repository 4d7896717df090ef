package dev.keywright.inmemory;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeyField;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.SecretDigest;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.util.Set;

/** Keys for tests of the parts that keep them in memory. */
final class SampleKeys {

    private static final CompanyId COMPANY = Samples.company();
    private static final SecretDigest DIGEST = SecretDigester.sha256().digest(Samples.secret());

    private SampleKeys() {}

    /** A new key whose secret has this reference. */
    static VerifiableKey with(KeyReference reference) {
        KeyCredential credential = new KeyCredential(KeyPrefix.DEFAULT, reference, DIGEST);
        return VerifiableKey.of(ApiKey.create(Samples.id(), COMPANY, Samples.draft(), credential)
                .after());
    }

    /** A reference that no key has. */
    static KeyReference madeUp() {
        return Samples.secret().reference();
    }

    /** The same key with another secret from now on. */
    static KeyChange rotated(ApiKey key, KeyCredential credential) {
        ApiKey after = new ApiKey(
                key.id(),
                key.company(),
                key.user(),
                credential,
                key.allowList(),
                key.description(),
                key.scopes(),
                key.pin(),
                key.expiry(),
                key.enabled(),
                key.updatedAt(),
                key.deletedAt(),
                key.revision() + 1,
                key.lastUse());
        return new KeyChange(after, new KeyEvent(KeyAction.UPDATED, Set.of(KeyField.DESCRIPTION), key.updatedAt()));
    }
}
