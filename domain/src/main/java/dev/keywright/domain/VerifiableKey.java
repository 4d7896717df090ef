package dev.keywright.domain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a verification needs to know of a key, and nothing else: whose it is, the digest that recognises its secret, and its
 * rules. It holds no secret. Immutable, and small on purpose, since a process may keep millions: about 110 bytes and those of
 * the user's id, with the {@linkplain KeyTerms terms} shared.
 */
public final class VerifiableKey {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long NEVER = Long.MAX_VALUE;

    private final long idHigh;
    private final long idLow;
    private final long referenceHigh;
    private final long referenceLow;
    private final long digest0;
    private final long digest1;
    private final long digest2;
    private final long digest3;
    /** In milliseconds since 1970; its complement, which is negative, if it had passed at the key's last change. */
    private final long expiry;
    /** In UTF-8, which takes half the place of a text. */
    private final byte[] user;

    private final KeyTerms terms;

    /**
     * @param updatedAt the key's last change: time never runs backwards for a key
     * @param digest of the scheme that the terms name
     */
    public VerifiableKey(
            ApiKeyId id,
            UserId user,
            KeyReference reference,
            SecretDigest digest,
            Expiry expiry,
            Instant updatedAt,
            KeyTerms terms) {
        if (!digest.scheme().equals(terms.digestScheme())) {
            throw new IllegalArgumentException("the terms name another scheme than the digest");
        }
        byte[] bytes = digest.bytes();
        this.idHigh = id.high();
        this.idLow = id.low();
        this.referenceHigh = reference.high();
        this.referenceLow = reference.low();
        this.digest0 = (long) LONGS.get(bytes, 0);
        this.digest1 = (long) LONGS.get(bytes, 8);
        this.digest2 = (long) LONGS.get(bytes, 16);
        this.digest3 = (long) LONGS.get(bytes, 24);
        long end = expiry.at().map(Instant::toEpochMilli).orElse(NEVER);
        this.expiry = expiry.hasPassed(updatedAt) ? ~end : end;
        this.user = user.value().getBytes(StandardCharsets.UTF_8);
        this.terms = terms;
    }

    private VerifiableKey(VerifiableKey key, KeyTerms terms) {
        this.idHigh = key.idHigh;
        this.idLow = key.idLow;
        this.referenceHigh = key.referenceHigh;
        this.referenceLow = key.referenceLow;
        this.digest0 = key.digest0;
        this.digest1 = key.digest1;
        this.digest2 = key.digest2;
        this.digest3 = key.digest3;
        this.expiry = key.expiry;
        this.user = key.user;
        this.terms = terms;
    }

    /** What a verification needs to know of this key. */
    public static VerifiableKey of(ApiKey key) {
        KeyCredential credential = key.credential();
        return new VerifiableKey(
                key.id(),
                key.user(),
                credential.reference(),
                credential.digest(),
                key.expiry(),
                key.updatedAt(),
                new KeyTerms(
                        key.company(),
                        credential.prefix(),
                        credential.digest().scheme(),
                        key.pin().current(),
                        key.scopes(),
                        key.allowList(),
                        key.enabled(),
                        key.deletedAt().isPresent()));
    }

    /** The same key with the terms that the pool knows as equal to its own, so that they are kept once. */
    public VerifiableKey sharingTerms(UnaryOperator<KeyTerms> pool) {
        KeyTerms shared = pool.apply(terms);
        if (!shared.equals(terms)) {
            throw new IllegalArgumentException("the terms of a key are no others than its own");
        }
        return new VerifiableKey(this, shared);
    }

    /** The key's name for life. */
    public ApiKeyId id() {
        return new ApiKeyId(idHigh, idLow);
    }

    /** The tenant it belongs to. */
    public CompanyId company() {
        return terms.company();
    }

    /** Its owner there. */
    public UserId user() {
        return new UserId(new String(user, StandardCharsets.UTF_8));
    }

    /** The version that it is pinned to. */
    public Optional<ApiVersion> apiVersion() {
        return terms.apiVersion();
    }

    /** What it may do. */
    public Scopes scopes() {
        return terms.scopes();
    }

    /** When it ends by itself. */
    public Expiry expiry() {
        return expiry == NEVER ? Expiry.never() : Expiry.at(Instant.ofEpochMilli(expiry < 0 ? ~expiry : expiry));
    }

    /** The public part of its secret. */
    public KeyReference reference() {
        return new KeyReference(referenceHigh, referenceLow);
    }

    /** Whether the public part of its secret is this one. */
    public boolean hasReference(KeyReference reference) {
        return referenceLow == reference.low() && referenceHigh == reference.high();
    }

    /** What is ever shown of its secret again. */
    public String redacted() {
        return KeySecret.redacted(terms.prefix(), reference());
    }

    String digestScheme() {
        return terms.digestScheme();
    }

    /** Whether these 32 bytes are its digest; takes the same time wherever they differ. */
    boolean hasDigest(byte[] bytes) {
        long differences = digest0 ^ (long) LONGS.get(bytes, 0)
                | digest1 ^ (long) LONGS.get(bytes, 8)
                | digest2 ^ (long) LONGS.get(bytes, 16)
                | digest3 ^ (long) LONGS.get(bytes, 24);
        return differences == 0;
    }

    /**
     * Judges a caller who has proven to hold the secret: not deleted, active, not expired, address allowed, scopes held, in
     * this order (contract section 9).
     *
     * @param clock what time it is; nobody looks at it unless the key ends by itself
     * @param client the caller's address, where it is known
     * @param required the scopes that the call needs
     */
    public Verification judge(InstantSource clock, Optional<IpAddress> client, Scopes required) {
        Optional<Denial> denial = refusal(clock, client);
        if (denial.isPresent()) {
            return new Verification.Denied(denial.get(), Optional.of(this), Scopes.none());
        }
        Scopes missing = required.without(terms.scopes());
        return missing.isEmpty()
                ? new Verification.Granted(this)
                : new Verification.Denied(Denial.INSUFFICIENT_SCOPE, Optional.of(this), missing);
    }

    private Optional<Denial> refusal(InstantSource clock, Optional<IpAddress> client) {
        if (terms.deleted()) {
            return Optional.of(Denial.DELETED);
        }
        if (!terms.enabled()) {
            return Optional.of(Denial.INACTIVE);
        }
        if (expiry != NEVER && clock.millis() >= expiry) {
            return Optional.of(Denial.EXPIRED);
        }
        return terms.allowList().refusal(client);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifiableKey key
                && idHigh == key.idHigh
                && idLow == key.idLow
                && hasReference(key.reference())
                && hasDigest(key.digest())
                && expiry == key.expiry
                && Arrays.equals(user, key.user)
                && terms.equals(key.terms);
    }

    private byte[] digest() {
        byte[] bytes = new byte[4 * Long.BYTES];
        LONGS.set(bytes, 0, digest0);
        LONGS.set(bytes, 8, digest1);
        LONGS.set(bytes, 16, digest2);
        LONGS.set(bytes, 24, digest3);
        return bytes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(idHigh, idLow, referenceLow, expiry, terms);
    }

    @Override
    public String toString() {
        return "VerifiableKey[" + id() + ", " + redacted() + "]";
    }
}
