package dev.keywright.domain;

/**
 * Somebody's text inside a sentence of ours: without characters that could forge or hide anything, and so short that of a
 * secret put in the wrong place no random character is repeated.
 */
final class Quoted {

    /** The public part of the shortest secret: a prefix of two, the reference, two joints. */
    private static final int LONGEST = 2 + 1 + KeyReference.LENGTH + 1;

    private Quoted() {}

    static String text(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .limit(LONGEST)
                .map(c -> c >= ' ' && c < 127 && c != '"' ? c : '?')
                .forEach(quoted::appendCodePoint);
        return quoted.append(text.codePointCount(0, text.length()) > LONGEST ? "…\"" : "\"")
                .toString();
    }
}
