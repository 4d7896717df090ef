package offending.keywright.http;

import dev.keywright.domain.KeySecret;

public final class ComparesSecrets {
    boolean same(KeySecret secret, String presented) {
        return secret.reveal().equals(presented);
    }
}
