package dev.keywright.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What a client presents: {@code {prefix}_{reference}_{random}{check}}.
 *
 * <p>It cannot leak by accident: {@link #toString()} is the redacted form, it is no record, it cannot be serialised, and
 * the one way to its text is {@link #reveal()}. Comparison takes the same time wherever two secrets differ.
 *
 * <p>The random part has 32 base62 characters (190 bits), the check is the CRC-32 of all that stands before it in six
 * base62 characters, so that scanners find typing errors without a look-up. Source: contract section 8.
 */
public final class KeySecret {

    /** The most characters that a secret has: a prefix of 24, the reference, the random part, the check, two joints. */
    public static final int MAX_LENGTH = 24 + 1 + KeyReference.LENGTH + 1 + 32 + 6;

    private static final int RANDOM_LENGTH = 32;
    private static final int CHECK_LENGTH = 6;
    /** Bytes from here on are thrown away, so that each of the 62 characters stays equally likely. */
    private static final int UNBIASED = 256 - 256 % 62;

    /** What looks like a secret inside a text, whatever its prefix and whether or not its check is right. */
    private static final Pattern LOOKS_LIKE = Pattern.compile("(_[0-9a-hjkmnp-tv-z]{20})_[0-9A-Za-z]{38}");

    private final KeyReference reference;
    private final String text;
    /** The text once more, as digests want it. */
    private final byte[] bytes;

    private KeySecret(KeyReference reference, String text, byte[] bytes) {
        this.reference = reference;
        this.text = text;
        this.bytes = bytes;
    }

    /** A new secret that nobody can guess. */
    public static KeySecret random(KeyPrefix prefix, SecureRandom random) {
        KeyReference reference = KeyReference.random(random);
        StringBuilder text = new StringBuilder(MAX_LENGTH);
        text.append(prefix).append('_').append(reference).append('_');
        byte[] bytes = new byte[RANDOM_LENGTH];
        int missing = RANDOM_LENGTH;
        while (missing > 0) {
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length && missing > 0; at++) {
                int value = bytes[at] & 0xff;
                if (value < UNBIASED) {
                    text.append(Base62.ALPHABET.charAt(value % 62));
                    missing--;
                }
            }
        }
        String whole =
                text.append(check(latin1(text.toString()), text.length())).toString();
        return new KeySecret(reference, whole, latin1(whole));
    }

    /**
     * Reads what somebody presents. Only shape and checksum are looked at: no digest, no look-up, no exception.
     *
     * @return empty if no secret can look like this
     */
    public static Optional<KeySecret> parse(String presented) {
        int length = presented.length();
        int bodyEnd = length - CHECK_LENGTH;
        int random = bodyEnd - RANDOM_LENGTH;
        int reference = random - 1 - KeyReference.LENGTH;
        if (length > MAX_LENGTH || reference < 1) {
            return Optional.empty();
        }
        byte[] bytes = latin1(presented);
        boolean shaped = bytes[random - 1] == '_'
                && bytes[reference - 1] == '_'
                && Base62.isAll(bytes, random)
                && KeyPrefix.isValid(bytes, reference - 1);
        KeyReference known = shaped ? KeyReference.read(bytes, reference) : null;
        return known != null && checksum(bytes, bodyEnd) == Base62.value(bytes, bodyEnd)
                ? Optional.of(new KeySecret(known, presented, bytes))
                : Optional.empty();
    }

    private static long checksum(byte[] bytes, int end) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, end);
        return crc.getValue();
    }

    private static String check(byte[] bytes, int end) {
        char[] digits = new char[CHECK_LENGTH];
        long rest = checksum(bytes, end);
        for (int at = CHECK_LENGTH - 1; at >= 0; at--) {
            digits[at] = Base62.ALPHABET.charAt((int) (rest % 62));
            rest /= 62;
        }
        return new String(digits);
    }

    /** One byte for each character; those that Latin-1 does not have become question marks, which no secret has. */
    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public KeyPrefix prefix() {
        return new KeyPrefix(text.substring(0, text.length() - CHECK_LENGTH - RANDOM_LENGTH - KeyReference.LENGTH - 2));
    }

    public KeyReference reference() {
        return reference;
    }

    /** The full text. Called where a new secret is answered to the one who asked for it, and nowhere else. */
    public String reveal() {
        return text;
    }

    /** Prefix and reference, then an ellipsis: all that is ever shown again. */
    public String redacted() {
        return redacted(prefix(), reference);
    }

    static String redacted(KeyPrefix prefix, KeyReference reference) {
        return prefix + "_" + reference + "…";
    }

    /** Whether the text holds what looks like a secret. Such a text, from wherever, is not kept or repeated as it is. */
    public static boolean isIn(String text) {
        return LOOKS_LIKE.matcher(text).find();
    }

    /** The text with all that looks like a secret in its redacted form; for texts that repeat what somebody sent. */
    public static String redactedIn(String text) {
        return LOOKS_LIKE.matcher(text).replaceAll("$1…");
    }

    /** The text as digests want it; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeySecret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return reference.hashCode();
    }

    @Override
    public String toString() {
        return redacted();
    }
}
