package dev.keywright.http;

import io.javalin.http.Context;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes the bytes of a body off the wire: only JSON, only UTF-8, only as many as are allowed. */
final class RequestBody {
    private static final String JSON = "application/json";
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
        if (types.size() != 1 || !isJson(types.get(0))) {
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Send the body as Content-Type: application/json, in UTF-8")
                    .asException();
        }
        if (Headers.has(ctx, "Content-Encoding")) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding")
                    .asException();
        }
    }

    private static boolean isJson(String type) {
        return type.equals(JSON)
                || JSON_TYPE.matcher(type.toLowerCase(Locale.ROOT)).matches();
    }

    /** Never more than one byte too many; a body whose length is known is read to no more than that. */
    private byte[] bytes(Context ctx) {
        int length = ctx.req().getContentLength();
        try (InputStream in = ctx.bodyInputStream()) {
            return length < 0 ? in.readNBytes(maxBytes + 1) : whole(in, length);
        } catch (IOException e) {
            throw Problem.malformed("The body did not arrive whole").asException();
        }
    }

    /** Like {@code readNBytes}, which would make a buffer of 16 KiB for every body. */
    private static byte[] whole(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = in.readNBytes(bytes, 0, length);
        if (read < length) {
            throw new EOFException("the body ended early");
        }
        return bytes;
    }

    private ProblemException tooLarge() {
        return Problem.of(ProblemType.CONTENT_TOO_LARGE, "The body has more than " + maxBytes + " bytes")
                .asException();
    }
}
