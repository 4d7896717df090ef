package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keywright.jdbi.RowCounts;
import dev.keywright.jdbi.StoredRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts the rows of a copy and makes a digest of its lines: equal for two copies only if all lines are. */
final class Tally {

    /** How the last line of a copy begins. */
    static final String END = "{\"kind\":\"end\",";

    private final MessageDigest sha256;
    private RowCounts counts = RowCounts.NONE;

    /** Begins with the first line. */
    Tally(String header) {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        digest(header);
    }

    void add(StoredRow.Kind kind, String line) {
        counts = counts.plus(kind);
        digest(line);
    }

    private void digest(String line) {
        sha256.update(line.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
    }

    RowCounts counts() {
        return counts;
    }

    /** The last line, which tells counts and digest; nothing is added after it. */
    String end() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "end")
                .put("keys", counts.keys())
                .put("events", counts.events())
                .put("creates", counts.creates())
                .put("sha256", HexFormat.of().formatHex(sha256.digest()))
                .toString();
    }
}
