package dev.keywright.http;

import dev.keywright.domain.KeySecret;

/**
 * One fault of a request. It may name and quote what was sent, but never a secret put in the wrong place.
 *
 * @param place where it is
 * @param name a JSON pointer, or the name of a parameter or header
 * @param detail what is wrong there
 */
record Fault(Place place, String name, String detail) {
    enum Place {
        POINTER,
        PARAMETER,
        HEADER
    }

    Fault {
        name = KeySecret.redactedIn(wellFormed(name));
        detail = KeySecret.redactedIn(wellFormed(detail));
    }

    static Fault at(String pointer, String detail) {
        return new Fault(Place.POINTER, pointer, detail);
    }

    static Fault parameter(String name, String detail) {
        return new Fault(Place.PARAMETER, name, detail);
    }

    static Fault header(String name, String detail) {
        return new Fault(Place.HEADER, name, detail);
    }

    /** The reference token of a member's name in a JSON pointer (RFC 6901). */
    static String token(String member) {
        return "/" + member.replace("~", "~0").replace("/", "~1");
    }

    /** The fault as one sentence, for the detail of a problem that has only this one. */
    String sentence() {
        return name.isEmpty() ? detail : name + ": " + detail;
    }

    /** The text with every half of a surrogate pair replaced: such a half cannot be written as UTF-8. */
    private static String wellFormed(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? 0xfffd : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
