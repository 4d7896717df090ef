package dev.keywright.benchmarks.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A kept-alive connection of a client that spends as little as it can: prepared bytes out, one buffer in. */
final class Connection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int end;
    private int headEnd;

    Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        out = socket.getOutputStream();
        in = socket.getInputStream();
    }

    /** Sends a whole request and waits for the whole answer, which stays until the next one. */
    void exchange(byte[] request) throws IOException {
        out.write(request);
        end = 0;
        headEnd = -1;
        while (headEnd < 0) {
            int from = Math.max(0, end - 3);
            fill();
            headEnd = headEnd(from);
        }
        int whole = headEnd + bodyLength();
        while (end < whole) {
            fill();
        }
        if (end > whole) {
            throw new IOException("more was answered than announced: " + text());
        }
    }

    private void fill() throws IOException {
        int read = in.read(buffer, end, buffer.length - end);
        if (read <= 0) {
            throw new IOException("the answer was cut off after: " + text());
        }
        end += read;
    }

    private int headEnd(int from) {
        for (int at = from; at + 3 < end; at++) {
            if (buffer[at] == '\r' && buffer[at + 1] == '\n' && buffer[at + 2] == '\r' && buffer[at + 3] == '\n') {
                return at + 4;
            }
        }
        return -1;
    }

    private int bodyLength() throws IOException {
        if (status() == 204) {
            return 0;
        }
        for (int at = 0; at < headEnd; at++) {
            if (buffer[at] == '\n' && isLength(at + 1)) {
                return number(at + 1 + LENGTH.length);
            }
        }
        throw new IOException("the answer has no length: " + text());
    }

    private boolean isLength(int from) {
        for (int at = 0; at < LENGTH.length; at++) {
            int c = buffer[from + at];
            if (c != LENGTH[at] && (c | 0x20) != LENGTH[at]) {
                return false;
            }
        }
        return true;
    }

    private int number(int from) {
        int value = 0;
        for (int at = from; buffer[at] != '\r'; at++) {
            if (buffer[at] != ' ') {
                value = value * 10 + buffer[at] - '0';
            }
        }
        return value;
    }

    /** The status of the answer. */
    int status() {
        return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
    }

    /** Whether the answer, head and body, holds these bytes. */
    boolean holds(byte[] wanted) {
        for (int from = 0; from + wanted.length <= end; from++) {
            int same = 0;
            while (same < wanted.length && buffer[from + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return true;
            }
        }
        return false;
    }

    /** The body of the answer. */
    String body() {
        return new String(buffer, headEnd, end - headEnd, StandardCharsets.UTF_8);
    }

    /** The answer as it came. */
    String text() {
        return new String(buffer, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
