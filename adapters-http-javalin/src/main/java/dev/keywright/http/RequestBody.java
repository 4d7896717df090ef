package dev.keywright.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes the bytes of a body off the wire: only JSON, only UTF-8, only as many as are allowed. */
final class RequestBody {
    private static final Pattern JSON_TYPE = Pattern.compile(
            "application/json[ \\t]*(;[ \\t]*charset[ \\t]*=[ \\t]*(utf-8|\"utf-8\")[ \\t]*)?;?[ \\t]*");

    private final int maxBytes;

    RequestBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    byte[] read(Context ctx) {
        requireJson(ctx);
        if (ctx.req().getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        byte[] bytes = bytes(ctx);
        if (bytes.length > maxBytes) {
            throw tooLarge();
        }
        return bytes;
    }

    private static void requireJson(Context ctx) {
        List<String> types = Headers.all(ctx, "Content-Type");
        if (types.size() != 1
                || !JSON_TYPE.matcher(types.get(0).toLowerCase(Locale.ROOT)).matches()) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Send the body as Content-Type: application/json, in UTF-8")
                    .asException();
        }
        if (!Headers.all(ctx, "Content-Encoding").isEmpty()) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding")
                    .asException();
        }
    }

    private byte[] bytes(Context ctx) {
        try (InputStream in = ctx.bodyInputStream()) {
            return in.readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw Problem.malformed("The body did not arrive whole").asException();
        }
    }

    private ProblemException tooLarge() {
        return Problem.of(ProblemType.CONTENT_TOO_LARGE, "The body has more than " + maxBytes + " bytes")
                .asException();
    }
}
