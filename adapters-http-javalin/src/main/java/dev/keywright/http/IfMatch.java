package dev.keywright.http;

import dev.keywright.application.Precondition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code If-Match} (RFC 9110 section 13.1.1) and the entity tags that it is about. */
final class IfMatch {
    static final String HEADER = "If-Match";
    private static final Pattern TAG =
            Pattern.compile("[ \\t]*+(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*+)\"[ \\t]*+(,|\\z)");
    private static final Pattern REVISION = Pattern.compile("[1-9][0-9]{0,17}");

    private IfMatch() {}

    /** The strong entity tag of a revision. */
    static String tag(long revision) {
        return "\"" + revision + "\"";
    }

    /** What the header asks for; a fault if it is none. Several headers are one list. */
    static Precondition parse(List<String> values, Faults faults) {
        String list = String.join(",", values).strip();
        if (values.isEmpty() || list.equals("*")) {
            return Precondition.none();
        }
        Optional<Set<Long>> revisions = revisions(list);
        if (revisions.isEmpty()) {
            faults.add(Fault.header(HEADER, "must be * or entity tags in double quotes"));
        }
        return Precondition.revisionIn(revisions.orElse(Set.of()));
    }

    /** The revisions among the tags of a list; empty if it is no such list. Weak tags and foreign ones never match. */
    private static Optional<Set<Long>> revisions(String list) {
        Set<Long> revisions = new HashSet<>();
        Matcher tag = TAG.matcher(list);
        int at = 0;
        boolean more = true;
        while (more) {
            if (!tag.region(at, list.length()).lookingAt()) {
                return Optional.empty();
            }
            if (tag.group(1) == null && REVISION.matcher(tag.group(2)).matches()) {
                revisions.add(Long.parseLong(tag.group(2)));
            }
            at = tag.end();
            more = tag.group(3).equals(",");
        }
        return Optional.of(revisions);
    }
}
