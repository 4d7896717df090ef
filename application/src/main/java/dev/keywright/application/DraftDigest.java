package dev.keywright.application;

import dev.keywright.domain.KeyDraft;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A fingerprint of what a create asks for, by which its repetition is told from another request. */
final class DraftDigest {

    private DraftDigest() {}

    /** SHA-256 over the parts, each with its length before it so that none can pass for another; lower-case hexadecimal. */
    static String of(KeyDraft draft) {
        MessageDigest digest = sha256();
        add(digest, draft.user().value());
        add(digest, draft.allowList().toString());
        add(digest, draft.description().map(text -> "=" + text.value()).orElse(""));
        add(digest, draft.scopes().toString());
        add(digest, draft.expiry().toString());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
