package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The first line of a copy of a store. */
final class CopyHeader {

    /** What this version writes, and reads: another one has other fields. */
    static final int FORMAT = 1;

    private static final String WHAT = "keywright export";

    private CopyHeader() {}

    /**
     * The line.
     *
     * @param version of Keywright
     * @param schema of the tables
     */
    static String line(String version, String schema) {
        return line(WHAT, version, schema);
    }

    private static String line(String kind, String version, String schema) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind)
                .put("format", FORMAT)
                .put("version", version)
                .put("schema", schema)
                .toString();
    }

    /** Refuses a line that begins no copy, or one of another format. */
    static void check(String line) {
        LineFields fields = LineFields.of(line);
        if (!fields.isOf(WHAT)) {
            throw new UnreadableLineException("does not begin an export of Keywright");
        }
        long format = fields.number("format");
        if (format != FORMAT) {
            throw new UnreadableLineException("tells of format " + format + ", and this version reads format " + FORMAT
                    + " only" + (format > FORMAT ? ": import it with the version that wrote it, or a later one" : ""));
        }
        String written = fields.read(known -> line(known.text("kind"), known.text("version"), known.text("schema")));
        if (!written.equals(line)) {
            throw new UnreadableLineException("is not written as Keywright writes it");
        }
    }
}
