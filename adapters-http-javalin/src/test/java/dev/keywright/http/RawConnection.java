package dev.keywright.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bare connection, for requests that no client library would send. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private byte[] waiting = new byte[0];

    RawConnection(int port) throws IOException {
        this(port, InetAddress.getLoopbackAddress());
    }

    /** A connection of a client that has this address. */
    RawConnection(int port, InetAddress from) throws IOException {
        socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port, from, 0);
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a head that asks for leave to send the body, and the body only if the server gives it. */
    static Answer careful(int port, byte[] head, byte[] body) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.waiting = body;
            connection.send(head);
            return connection.read();
        }
    }

    /** Sends one request on a connection of its own; empty if the server just hung up. */
    static Optional<Answer> once(int port, byte[] request) throws IOException {
        try (RawConnection connection = new RawConnection(port)) {
            connection.send(request);
            return connection.read(new String(request, StandardCharsets.ISO_8859_1).startsWith("HEAD "));
        }
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    void send(String latin1) throws IOException {
        send(latin1(latin1));
    }

    /** Sends; a server that has answered and hung up in the middle is no fault of ours. */
    void send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            if (socket.isClosed()) {
                throw e;
            }
        }
    }

    Answer read() throws IOException {
        return read(false).orElseThrow(() -> new AssertionError("the server hung up without an answer"));
    }

    Optional<Answer> read(boolean bodyless) throws IOException {
        String statusLine;
        try {
            statusLine = line();
        } catch (SocketException e) {
            return Optional.empty();
        }
        if (statusLine.isEmpty()) {
            return Optional.empty();
        }
        int status = Integer.parseInt(statusLine.split(" ")[1]);
        List<HeaderLine> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.add(new HeaderLine(
                    line.substring(0, colon), line.substring(colon + 1).trim()));
        }
        if (status == 100) {
            send(waiting);
            return read(bodyless);
        }
        Answer head = new Answer(status, headers, new byte[0]);
        byte[] body = bodyless || status == 204 ? new byte[0] : body(head);
        return Optional.of(new Answer(status, headers, body));
    }

    private byte[] body(Answer head) throws IOException {
        Optional<String> length = head.header("Content-Length");
        if (length.isPresent()) {
            return in.readNBytes(Integer.parseInt(length.get()));
        }
        if (head.header("Transfer-Encoding").isEmpty()) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().trim(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether something comes within this time; it is left to be read. */
    boolean isAnsweredWithin(Duration time) throws IOException {
        int patience = socket.getSoTimeout();
        socket.setSoTimeout((int) time.toMillis());
        in.mark(1);
        try {
            return in.read() >= 0;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            in.reset();
            socket.setSoTimeout(patience);
        }
    }

    /** Whether the server ends this connection, without another byte, within two seconds. */
    boolean isClosedByServer() throws IOException {
        socket.setSoTimeout(2_000);
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
