package dev.keywright.http;

import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyPage;
import dev.keywright.application.PageRequest;
import dev.keywright.domain.ApiKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The API's representation of keys as JSON text, for answers that do not travel over HTTP: the very text that the endpoints
 * answer. Stateless.
 */
public final class KeyJson {
    private static final Links PATHS = new Links(Optional.empty());

    private KeyJson() {}

    /** A key with its secret redacted, as {@code GET /keys/{keyId}} answers it. */
    public static String of(ApiKey key) {
        return text(KeyAnswer.redacted(key));
    }

    /** A new key with its full secret, as {@code POST /keys} answers it; redacted if the create was a repetition. */
    public static String of(CreatedKey created) {
        return text(KeyAnswer.created(created));
    }

    /** A page of keys, as {@code GET /keys} answers it where no public URL is set. */
    public static String of(KeyPage page, PageRequest request) {
        return text(PageAnswer.of(page, request, PATHS));
    }

    private static String text(Object answer) {
        return new String(Answers.bytes(answer), StandardCharsets.UTF_8);
    }
}
