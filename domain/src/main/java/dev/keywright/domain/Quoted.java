package dev.keywright.domain;

/** Somebody's text inside a sentence of ours: short, and without characters that could forge or hide anything. */
final class Quoted {

    private static final int LONGEST = 60;

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
