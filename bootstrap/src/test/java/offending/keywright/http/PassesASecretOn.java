package offending.keywright.http;

import dev.keywright.domain.KeySecret;
import java.util.Optional;

public final class PassesASecretOn {
    Optional<String> text(Optional<KeySecret> secret) {
        return secret.map(KeySecret::reveal);
    }
}
