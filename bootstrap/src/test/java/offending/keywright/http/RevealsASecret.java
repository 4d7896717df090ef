package offending.keywright.http;

import dev.keywright.domain.KeySecret;

public final class RevealsASecret {
    String text(KeySecret secret) {
        return secret.reveal();
    }
}
