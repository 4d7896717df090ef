package dev.keywright.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, each known and sent once; all others are faults. */
final class QueryString {
    private static final String UNREADABLE = "(unreadable)";
    private static final int LONGEST_READABLE = 24;

    private final Map<String, String> values = new LinkedHashMap<>();

    private QueryString() {}

    /**
     * Reads a query.
     *
     * @param raw as it was sent; null if there is none
     * @param known the parameters that may be there
     */
    static QueryString read(@Nullable String raw, Collection<String> known, Faults faults) {
        QueryString query = new QueryString();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                if (!pair.isEmpty()) {
                    query.take(pair, known, faults);
                }
            }
        }
        return query;
    }

    private void take(String pair, Collection<String> known, Faults faults) {
        int equals = pair.indexOf('=');
        String rawName = equals < 0 ? pair : pair.substring(0, equals);
        Optional<String> name = decode(rawName);
        Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
        if (name.isEmpty() || value.isEmpty()) {
            faults.add(Fault.parameter(
                    name.orElseGet(() -> readable(rawName)),
                    "is not well-formed: percent signs begin two hexadecimal" + " digits, and the bytes are UTF-8"));
        } else if (!known.contains(name.get())) {
            faults.add(Fault.parameter(name.get(), "is no parameter; " + NearestName.hint(name.get(), known)));
        } else if (values.putIfAbsent(name.get(), value.get()) != null) {
            faults.add(Fault.parameter(name.get(), "stands more than once"));
        }
    }

    /** What a name that cannot be decoded begins with. The rest is not repeated: a secret may hide in it. */
    private static String readable(String rawName) {
        int end = Math.min(rawName.indexOf('%'), LONGEST_READABLE);
        return end == 0 ? UNREADABLE : rawName.substring(0, end);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether the one parameter was sent after the other. */
    boolean isAfter(String one, String other) {
        return values.keySet().stream().toList().indexOf(one)
                > values.keySet().stream().toList().indexOf(other);
    }

    /** The text that a part of a query stands for; empty if it is broken. */
    private static Optional<String> decode(String part) {
        byte[] sent = part.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(sent.length);
        for (int at = 0; at < sent.length; at++) {
            if (sent[at] != '%') {
                bytes.put(sent[at] == '+' ? (byte) ' ' : sent[at]);
                continue;
            }
            boolean whole = at + 2 < sent.length && hex(sent[at + 1]) >= 0 && hex(sent[at + 2]) >= 0;
            if (!whole) {
                return Optional.empty();
            }
            bytes.put((byte) (hex(sent[at + 1]) << 4 | hex(sent[at + 2])));
            at += 2;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static int hex(byte digit) {
        return digit < 0 ? -1 : Character.digit(digit, 16);
    }
}
