package dev.keywright.benchmarks.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A request in its bytes, and what its answer must be.
 *
 * @param request head and body
 * @param status of the answer
 * @param holds what the answer must hold somewhere
 */
record Call(byte[] request, int status, byte[] holds) {

    static Call post(String path, String key, String body, int status, String holds) {
        return withBody("POST", path, key, body, status, holds);
    }

    static Call put(String path, String key, String body, int status, String holds) {
        return withBody("PUT", path, key, body, status, holds);
    }

    private static Call withBody(String method, String path, String key, String body, int status, String holds) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = head(method, path, key) + "Content-Type: application/json\r\nContent-Length: " + bytes.length
                + "\r\n\r\n";
        return new Call(bytes(head + body), status, bytes(holds));
    }

    static Call get(String path, String key, int status, String holds) {
        return new Call(bytes(head("GET", path, key) + "\r\n"), status, bytes(holds));
    }

    private static String head(String method, String path, String key) {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: " + key
                + "\r\nAccept: application/json\r\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Makes it on a connection. */
    void on(Connection connection) throws IOException {
        connection.exchange(request);
        if (connection.status() != status || !connection.holds(holds)) {
            throw new IOException("expected " + status + " with " + new String(holds, StandardCharsets.UTF_8)
                    + " and was answered: " + connection.text());
        }
    }
}
