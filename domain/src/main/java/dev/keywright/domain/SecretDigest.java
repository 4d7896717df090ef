package dev.keywright.domain;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What is kept of a secret: its digest and the name of the scheme that made it. Compared in constant time; printed without
 * the digest.
 */
public final class SecretDigest {

    private static final Pattern SCHEME = Pattern.compile("[a-z0-9][a-z0-9:-]{0,39}");
    private static final int LENGTH = 32;

    private final String scheme;
    private final byte[] bytes;

    /**
     * @param scheme {@code sha256} or {@code hmac-sha256:} and the id of its pepper
     * @param bytes 32 bytes
     */
    public SecretDigest(String scheme, byte[] bytes) {
        if (!SCHEME.matcher(scheme).matches() || bytes.length != LENGTH) {
            throw new IllegalArgumentException("a digest has the name of its scheme and " + LENGTH + " bytes");
        }
        this.scheme = scheme;
        this.bytes = bytes.clone();
    }

    /** The name of the scheme, as it is stored. */
    public String scheme() {
        return scheme;
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretDigest digest
                && scheme.equals(digest.scheme)
                && MessageDigest.isEqual(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return scheme + ":***";
    }
}
