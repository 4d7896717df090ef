package offending.keywright.http;

import dev.keywright.domain.SecretDigest;
import java.util.Arrays;

public final class ComparesDigests {
    boolean same(SecretDigest one, SecretDigest other) {
        return Arrays.equals(one.bytes(), other.bytes());
    }
}
