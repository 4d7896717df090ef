package dev.keywright.domain;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns secrets into what is stored of them, and tells whether a presented one is the stored one. Thread-safe.
 *
 * <p>Without a pepper a secret's digest is its SHA-256; with peppers it is the HMAC-SHA-256 under the first. Stored digests
 * of every known scheme go on matching, so a pepper can be introduced and rotated without touching a key. A slow password
 * hash would add nothing: the secret has 190 random bits.
 */
public final class SecretDigester {

    private static final String SHA_256 = "sha256";
    /** To make one costs as much as to use it. */
    private static final ThreadLocal<MessageDigest> HASH = ThreadLocal.withInitial(SecretDigester::newHash);

    private static final ThreadLocal<byte[]> DIGEST = ThreadLocal.withInitial(() -> new byte[32]);

    private final List<Pepper> peppers;
    private final Map<String, Pepper> byScheme;

    private SecretDigester(List<Pepper> peppers) {
        this.peppers = List.copyOf(peppers);
        this.byScheme =
                peppers.stream().distinct().collect(Collectors.toUnmodifiableMap(Pepper::scheme, Function.identity()));
    }

    /** Plain SHA-256. */
    public static SecretDigester sha256() {
        return new SecretDigester(List.of());
    }

    /**
     * HMAC-SHA-256 under the first pepper; the others are retired and only recognised.
     *
     * @param peppers the current one first; of an empty list, plain SHA-256
     */
    public static SecretDigester peppered(List<Pepper> peppers) {
        return new SecretDigester(peppers);
    }

    /** What to store of a new secret. */
    public SecretDigest digest(KeySecret secret) {
        String scheme = peppers.isEmpty() ? SHA_256 : peppers.get(0).scheme();
        return new SecretDigest(scheme, digest(secret, scheme));
    }

    /**
     * Whether the presented secret is the key's own, in a time that does not tell how near it came.
     *
     * @throws UnknownSchemeException if the pepper of the stored scheme is not configured: that is nobody's fault who
     *     presents a key, and it must never pass for a verdict
     */
    public boolean matches(KeySecret presented, VerifiableKey key) {
        return key.hasDigest(digest(presented, key.digestScheme()));
    }

    private byte[] digest(KeySecret secret, String scheme) {
        Pepper pepper = pepper(scheme);
        return pepper == null ? sha256(secret.bytes()) : pepper.hmac(secret.bytes());
    }

    /** The pepper of the scheme; null if the scheme has none. */
    private @Nullable Pepper pepper(String scheme) {
        if (scheme.equals(SHA_256)) {
            return null;
        }
        Pepper pepper = byScheme.get(scheme);
        if (pepper == null) {
            throw new UnknownSchemeException(scheme);
        }
        return pepper;
    }

    /** The digest, in the thread's own array until the next call. */
    private static byte[] sha256(byte[] bytes) {
        byte[] digest = DIGEST.get();
        try {
            MessageDigest hash = HASH.get();
            hash.update(bytes);
            hash.digest(digest, 0, digest.length);
            return digest;
        } catch (DigestException e) {
            throw new IllegalStateException("the buffer is as long as a digest", e);
        }
    }

    private static MessageDigest newHash() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
