package dev.keywright.domain;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of the deployment, kept outside the database, that turns digests into keyed ones (HMAC-SHA-256). Never printed.
 */
public final class Pepper {

    /** The fewest characters of a pepper. */
    public static final int MIN_LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] ID_OF = "keywright pepper id".getBytes(StandardCharsets.US_ASCII);

    private final SecretKeySpec key;
    private final ThreadLocal<Mac> mac = ThreadLocal.withInitial(this::newMac);
    private final String scheme;

    /**
     * @param text at least {@value #MIN_LENGTH} characters, from a generator and not from a person
     * @throws InvalidValueException if it is shorter
     */
    public Pepper(String text) {
        if (text.length() < MIN_LENGTH) {
            throw new InvalidValueException("A pepper has at least " + MIN_LENGTH + " characters");
        }
        this.key = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.scheme = "hmac-sha256:" + HexFormat.of().formatHex(hmac(ID_OF), 0, 4);
    }

    /** The scheme's name, with an id that tells this pepper from others and nothing about it. */
    String scheme() {
        return scheme;
    }

    byte[] hmac(byte[] message) {
        return mac.get().doFinal(message);
    }

    private Mac newMac() {
        try {
            Mac made = Mac.getInstance(ALGORITHM);
            made.init(key);
            return made;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pepper pepper && MessageDigest.isEqual(key.getEncoded(), pepper.key.getEncoded());
    }

    @Override
    public int hashCode() {
        return scheme.hashCode();
    }

    @Override
    public String toString() {
        return "Pepper[***]";
    }
}
