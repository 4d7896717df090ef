package dev.keywright.bootstrap;

/**
 * Somebody else's text on our terminal. Characters that would move the cursor, forge a line or turn the reading direction
 * are shown as escapes like {@code \}{@code u001b}.
 */
final class Shown {

    private Shown() {}

    /** Text of one line. */
    static String line(String text) {
        return escaped(text, false);
    }

    /** Text of ours that may have several lines, with somebody else's parts in it. */
    static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean keepLines) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' && keepLines || !isHarmful(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return shown.toString();
    }

    private static boolean isHarmful(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> codePoint != ZERO_WIDTH_JOINER;
            default -> false;
        };
    }

    /** Joins the parts of many an emoji. */
    private static final int ZERO_WIDTH_JOINER = 0x200d;
}
