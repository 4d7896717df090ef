package dev.keywright.bootstrap;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a file in UTF-8, one after the other; only a line feed ends one, and a line without it is none. */
final class LineReader implements AutoCloseable {

    /** Room for a key with the longest lists and a trail of a hundred thousand versions. */
    private static final int LONGEST = 8 * 1024 * 1024;

    private final InputStream content;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;

    LineReader(InputStream content) {
        this.content = new BufferedInputStream(content, 1 << 16);
    }

    /**
     * The next line without its end; empty behind the last.
     *
     * @throws UnreadableLineException if it is cut off, too long, or not in UTF-8
     */
    Optional<String> next() throws IOException {
        Optional<String> whole = nextWhole();
        if (whole.isEmpty() && line.size() > 0) {
            throw new UnreadableLineException("is cut off");
        }
        return whole;
    }

    /** As {@link #next}, without a last line that is cut off. */
    Optional<String> nextWhole() throws IOException {
        number++;
        line.reset();
        for (int read = content.read(); read != '\n'; read = content.read()) {
            if (read < 0) {
                return Optional.empty();
            }
            if (line.size() == LONGEST) {
                throw new UnreadableLineException("is too long");
            }
            line.write(read);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new UnreadableLineException("is not in UTF-8");
        }
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
