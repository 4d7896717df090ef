package dev.keywright.http;

import static dev.keywright.http.FuzzVocabulary.BENDS;
import static dev.keywright.http.FuzzVocabulary.FIELDS;
import static dev.keywright.http.FuzzVocabulary.HEADERS;
import static dev.keywright.http.FuzzVocabulary.HEADER_VALUES;
import static dev.keywright.http.FuzzVocabulary.METHODS;
import static dev.keywright.http.FuzzVocabulary.NEARLY_GOOD;
import static dev.keywright.http.FuzzVocabulary.PARAMETERS;
import static dev.keywright.http.FuzzVocabulary.PATHS;
import static dev.keywright.http.FuzzVocabulary.SCALARS;
import static dev.keywright.http.FuzzVocabulary.TYPES;
import static dev.keywright.http.FuzzVocabulary.VALUES;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;

/** Requests as nobody in their right mind would send them: near to good ones, then bent here and there. Same seed, same requests. */
final class FuzzedRequests {

    private final Random random;
    private String member = "";

    FuzzedRequests(long seed) {
        this.random = new Random(seed);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    /**
     * The next request.
     *
     * @param id a key that is there
     * @param secret a credential that is good
     */
    ApiRequest next(String id, String secret) {
        String[] start = (oneIn(3) ? one(METHODS) + " " + one(PATHS) : one(NEARLY_GOOD)).split(" ", 4);
        member = start.length < 4 ? "" : "\"" + start[2] + "\":" + start[3];
        ApiRequest request = ApiRequest.of(start[0], target(start[1]).replace("ID", id));
        if (!oneIn(12)) {
            request = request.with("X-API-Key", oneIn(30) ? bent(secret) : secret);
        }
        if (oneIn(25)) {
            request = request.with("Authorization", oneIn(2) ? "Bearer " + secret : "Basic \u00ff");
        }
        for (int more = Math.max(0, random.nextInt(4) - 1); more > 0; more--) {
            request = request.with(one(HEADERS), one(HEADER_VALUES));
        }
        boolean body = request.method().equals("POST") || request.method().equals("PUT") || oneIn(10);
        if (body) {
            request = request.with("Content-Type", one(TYPES)).withBody(bytes());
        }
        return request;
    }

    private String target(String start) {
        String path = start;
        if (oneIn(8)) {
            path = bent(path);
        }
        if (!oneIn(6)) {
            return path;
        }
        StringJoiner query = new StringJoiner(oneIn(10) ? "&&" : "&", "?", "");
        for (int more = random.nextInt(4); more >= 0; more--) {
            query.add(one(PARAMETERS) + (oneIn(10) ? "" : "=") + one(VALUES));
        }
        return path + query;
    }

    private String bent(String text) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + one(BENDS) + text.substring(at);
    }

    private byte[] bytes() {
        byte[] json = (oneIn(15) ? value(4) : object()).getBytes(StandardCharsets.UTF_8);
        return oneIn(4) ? damaged(json) : json;
    }

    private String object() {
        StringJoiner members = new StringJoiner(oneIn(20) ? ",," : ",", "{", oneIn(25) ? "" : "}");
        if (!member.isEmpty()) {
            members.add(member);
        }
        for (int more = random.nextInt(member.isEmpty() ? 5 : 2); more > 0; more--) {
            String name = one(FIELDS);
            boolean list = name.equals("scopes") || name.equals("whitelistedIPs");
            members.add("\"" + name + "\":" + (list && !oneIn(4) ? array() : value(3)));
        }
        return members.toString();
    }

    private String array() {
        int size = oneIn(20) ? 200 : random.nextInt(4);
        StringJoiner items = new StringJoiner(",", "[", "]");
        for (int at = 0; at < size; at++) {
            items.add(one(SCALARS));
        }
        return items.toString();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 7)) {
            case 4 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
            case 5 -> "{\"" + one(FIELDS) + "\":" + value(depth - 1) + "}";
            case 6 -> oneIn(10) ? "[".repeat(random.nextInt(2_000)) : one(SCALARS);
            default -> one(SCALARS);
        };
    }

    private byte[] damaged(byte[] good) {
        if (good.length == 0) {
            return good;
        }
        int at = random.nextInt(good.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(good, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> bytes.write(random.nextInt(256));
            case 1 -> bytes.write(0);
            case 2 -> bytes.write(good, 0, good.length);
            case 3 -> {
                return bytes.toByteArray();
            }
            default -> bytes.writeBytes(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        }
        bytes.write(good, at, good.length - at);
        return bytes.toByteArray();
    }

    /** The request as bytes on the wire, with its length or in chunks. */
    byte[] wire(ApiRequest request) {
        StringBuilder head = new StringBuilder(
                request.method() + " " + request.target() + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        request.headers()
                .forEach(header -> head.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n"));
        Optional<byte[]> body = request.body();
        boolean chunked = body.isPresent() && oneIn(8);
        body.ifPresent(bytes -> head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + bytes.length)
                .append("\r\n"));
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(RawConnection.latin1(head + "\r\n"));
        body.ifPresent(bytes -> (chunked ? chunks(bytes) : List.of(bytes)).forEach(wire::writeBytes));
        return wire.toByteArray();
    }

    private List<byte[]> chunks(byte[] body) {
        List<byte[]> chunks = new ArrayList<>();
        int at = 0;
        while (at < body.length) {
            int size = Math.min(body.length - at, 1 + random.nextInt(400));
            chunks.add(RawConnection.latin1(Integer.toHexString(size) + "\r\n"));
            chunks.add(Arrays.copyOfRange(body, at, at + size));
            chunks.add(RawConnection.latin1("\r\n"));
            at += size;
        }
        chunks.add(RawConnection.latin1("0\r\n\r\n"));
        return chunks;
    }
}
