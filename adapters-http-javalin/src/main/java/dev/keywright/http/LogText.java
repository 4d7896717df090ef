package dev.keywright.http;

import dev.keywright.domain.KeySecret;

/**
 * Somebody's text as it may stand in a log line: visible ASCII stays, all else is written as <code>&#92;uXXXX</code>, so that
 * nothing can begin a line, move a cursor, turn the direction of writing or look like the field next to it. What looks like a
 * secret is redacted, and what is very long is cut off and ends with an ellipsis.
 */
final class LogText {
    private static final int LONGEST_FIELD = 300;
    private static final int LONGEST_SENTENCE = 2_000;

    private LogText() {}

    /** The text as a field, between blanks. */
    static String field(String text) {
        return encoded(text, '!', LONGEST_FIELD);
    }

    /** The text as the end of a line. */
    static String sentence(String text) {
        return encoded(text, ' ', LONGEST_SENTENCE);
    }

    private static String encoded(String given, char first, int longest) {
        String text = KeySecret.redactedIn(given);
        StringBuilder encoded = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            String next = encoded(text.charAt(at), first);
            if (encoded.length() + next.length() > longest) {
                return encoded.append(encoded('\u2026', first)).toString();
            }
            encoded.append(next);
        }
        return encoded.toString();
    }

    private static String encoded(char c, char first) {
        boolean stays = c >= first && c < 127 && c != '\\' && c != '"';
        return stays ? String.valueOf(c) : String.format("\\u%04x", (int) c);
    }
}
