package dev.keywright.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a body, taken out by name and type. A member that is not asked for is a fault in the end, so no field is
 * ever silently ignored; nothing is coerced.
 */
final class BodyFields {
    private final Map<String, Json> members;
    private final Faults faults;
    private final Set<String> known = new LinkedHashSet<>();

    private BodyFields(Map<String, Json> members, Faults faults) {
        this.members = members;
        this.faults = faults;
    }

    static BodyFields of(byte[] body, Faults faults) {
        Json json = JsonReader.read(body, faults);
        if (json instanceof Json.Members object) {
            return new BodyFields(object.values(), faults);
        }
        faults.at("", "must be an object, not " + json.kind());
        faults.throwIfAny(List.of());
        throw new AssertionError("a fault was there");
    }

    /** The names in the order in which they were sent. */
    List<String> names() {
        return List.copyOf(members.keySet());
    }

    /** Whether the member was sent, be it as null. */
    boolean has(String name) {
        return members.containsKey(name);
    }

    /** A text; null if it is absent, null or no text. */
    @Nullable
    String text(String name) {
        known.add(name);
        Json json = members.get(name);
        if (json instanceof Json.Text text) {
            return text.value();
        }
        if (json != null && json != Json.Other.NULL) {
            faults.at(Fault.token(name), "must be a string, not " + json.kind());
        }
        return null;
    }

    /** A text that can be absent but not null. */
    @Nullable
    String textNotNull(String name) {
        if (members.get(name) == Json.Other.NULL) {
            faults.at(Fault.token(name), "must be a string, not null");
        }
        return text(name);
    }

    /** A list of texts; null if it is absent, null or no list. What is no text in it is a fault, and an empty text. */
    @Nullable
    List<String> texts(String name) {
        known.add(name);
        Json json = members.get(name);
        if (json instanceof Json.Items items) {
            return texts(Fault.token(name), items.values());
        }
        if (json != null && json != Json.Other.NULL) {
            faults.at(Fault.token(name), "must be an array of strings, not " + json.kind());
        }
        return null;
    }

    private List<String> texts(String pointer, List<Json> items) {
        List<String> texts = new ArrayList<>();
        for (Json item : items) {
            if (item instanceof Json.Text text) {
                texts.add(text.value());
            } else {
                faults.at(pointer + "/" + texts.size(), "must be a string, not " + item.kind());
                texts.add("");
            }
        }
        return texts;
    }

    /** Makes faults of all members that were not asked for; {@code readOnly} are those that answers have. */
    void refuseOthers(Set<String> readOnly) {
        for (String name : members.keySet()) {
            if (!known.contains(name)) {
                faults.at(
                        Fault.token(name),
                        readOnly.contains(name)
                                ? "is read-only in this request"
                                : "is no field; " + NearestName.hint(name, known));
            }
        }
    }
}
