package dev.keywright.domain;

/**
 * What is known of a key's secret after it was handed out: its public parts and its digest.
 *
 * @param prefix the prefix it was made with
 * @param reference finds it
 * @param digest recognises it
 */
public record KeyCredential(KeyPrefix prefix, KeyReference reference, SecretDigest digest) {

    /** The credential of a new secret. */
    public static KeyCredential of(KeySecret secret, SecretDigester digester) {
        return new KeyCredential(secret.prefix(), secret.reference(), digester.digest(secret));
    }

    /** Prefix and reference, then an ellipsis. */
    public String redacted() {
        return KeySecret.redacted(prefix, reference);
    }
}
