package dev.keywright.domain;

/** The rules that every free text shares: counted in Unicode code points, well formed, storable everywhere. */
final class Text {

    private Text() {}

    /** Returns the text unchanged, or says which rule it breaks; {@code what} opens the sentence. */
    static String checked(String what, String text, int maxCodePoints) {
        if (text.isEmpty()) {
            throw new InvalidValueException(what + " must not be empty");
        }
        int length = 0;
        for (int at = 0; at < text.length(); length++) {
            int codePoint = text.codePointAt(at);
            if (codePoint == 0) {
                throw new InvalidValueException(what + " must not contain the character NUL");
            }
            if (Character.getType(codePoint) == Character.SURROGATE) {
                throw new InvalidValueException(
                        what + " must be well-formed Unicode: it holds half of a surrogate pair");
            }
            at += Character.charCount(codePoint);
        }
        if (length > maxCodePoints) {
            throw new InvalidValueException(
                    what + " must have at most " + maxCodePoints + " characters, not " + length);
        }
        return text;
    }

    /** As {@link #checked}, for names: text of nothing but white space is no name. */
    static String checkedName(String what, String text, int maxCodePoints) {
        checked(what, text, maxCodePoints);
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            if (!isBlank(text.codePointAt(at))) {
                return text;
            }
        }
        throw new InvalidValueException(what + " must not be blank");
    }

    private static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
