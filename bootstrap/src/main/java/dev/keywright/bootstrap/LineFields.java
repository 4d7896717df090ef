package dev.keywright.bootstrap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keywright.domain.InvalidValueException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The fields of a line of JSON: each must be there, be of its kind, and be asked for. */
final class LineFields {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;
    private final Set<String> unread = new LinkedHashSet<>();

    private LineFields(JsonNode node) {
        this.node = node;
        node.fieldNames().forEachRemaining(unread::add);
    }

    /** The fields of a line. */
    static LineFields of(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.isObject()) {
                return new LineFields(node);
            }
        } catch (JsonProcessingException e) {
            throw new UnreadableLineException("is no JSON");
        }
        throw new UnreadableLineException("is no JSON object");
    }

    /** Reads all of it: what is wrong with a value and what is left over is told in one way. */
    <T> T read(Function<LineFields, T> reading) {
        T value = said(reading);
        if (!unread.isEmpty()) {
            throw new UnreadableLineException(
                    "has a field that is not known here: \"" + unread.iterator().next() + "\"");
        }
        return value;
    }

    private <T> T said(Function<LineFields, T> reading) {
        try {
            return reading.apply(this);
        } catch (InvalidValueException e) {
            throw new UnreadableLineException("has a value that cannot be: " + e.getMessage());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableLineException("has a value that cannot be");
        }
    }

    /** Whether this is what the line is. */
    boolean isOf(String kind) {
        return node.path("kind").asText().equals(kind);
    }

    String text(String name) {
        JsonNode value = taken(name);
        require(value.isTextual(), name);
        return value.textValue();
    }

    long number(String name) {
        JsonNode value = taken(name);
        require(value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0, name);
        return value.longValue();
    }

    boolean bool(String name) {
        JsonNode value = taken(name);
        require(value.isBoolean(), name);
        return value.booleanValue();
    }

    <T> Optional<T> optional(String name, Function<String, T> parse) {
        return taken(name).isNull() ? Optional.empty() : Optional.of(parse.apply(text(name)));
    }

    <T> List<T> texts(String name, Function<String, T> parse) {
        return elements(name, element -> {
            require(element.isTextual(), name);
            return parse.apply(element.textValue());
        });
    }

    <T> List<T> objects(String name, Function<LineFields, T> parse) {
        return elements(name, element -> {
            require(element.isObject(), name);
            return new LineFields(element).read(parse);
        });
    }

    private <T> List<T> elements(String name, Function<JsonNode, T> parse) {
        JsonNode array = taken(name);
        require(array.isArray(), name);
        List<T> elements = new ArrayList<>(array.size());
        for (Iterator<JsonNode> each = array.elements(); each.hasNext(); ) {
            elements.add(parse.apply(each.next()));
        }
        return elements;
    }

    private JsonNode taken(String name) {
        unread.remove(name);
        JsonNode value = node.path(name);
        if (value.isMissingNode()) {
            throw new UnreadableLineException("lacks the field \"" + name + "\"");
        }
        return value;
    }

    private static void require(boolean right, String name) {
        if (!right) {
            throw new UnreadableLineException("has a value of the wrong kind in \"" + name + "\"");
        }
    }
}
