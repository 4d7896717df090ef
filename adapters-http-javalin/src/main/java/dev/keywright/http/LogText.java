package dev.keywright.http;

/**
 * Somebody's text as it may stand in a log line: visible ASCII stays, all else is written as <code>&#92;uXXXX</code>, so that
 * nothing can begin a line, move a cursor, turn the direction of writing or look like the field next to it.
 */
final class LogText {
    private LogText() {}

    /** The text as a field, between blanks. */
    static String field(String text) {
        return encoded(text, '!');
    }

    /** The text as the end of a line. */
    static String sentence(String text) {
        return encoded(text, ' ');
    }

    private static String encoded(String text, char first) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= first && c < 127 && c != '\\' && c != '"') {
                encoded.append(c);
            } else {
                encoded.append(String.format("\\u%04x", (int) c));
            }
        }
        return encoded.toString();
    }
}
