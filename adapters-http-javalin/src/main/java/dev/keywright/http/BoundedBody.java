package dev.keywright.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes in the body of an answer, up to a number of bytes. */
final class BoundedBody implements Consumer<Optional<byte[]>> {
    private final int mostBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    BoundedBody(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public synchronized void accept(Optional<byte[]> chunk) {
        chunk.ifPresent(part -> {
            if (bytes.size() + part.length > mostBytes) {
                throw new IllegalStateException("the answer has more than " + mostBytes + " bytes");
            }
            bytes.writeBytes(part);
        });
    }

    synchronized String text(Charset charset) {
        return bytes.toString(charset);
    }
}
