package offending.keywright.domain;

import java.util.Arrays;

public final class SecretDigest {
    final byte[] bytes = {};

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretDigest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
