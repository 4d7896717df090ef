package dev.keywright.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.KeyStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The API's representation of keys, laid out for people. */
final class Representation {

    private static final int WIDEST = 40;

    private Representation() {}

    /** Reads a status as the API spells it. */
    static KeyStatus status(String text) {
        return switch (text) {
            case "active" -> KeyStatus.ACTIVE;
            case "inactive" -> KeyStatus.INACTIVE;
            default -> throw new InvalidValueException("A status is active or inactive");
        };
    }

    /** A line for each member but the full secret. */
    static String details(JsonNode key) {
        List<String> names = new ArrayList<>();
        key.fieldNames().forEachRemaining(names::add);
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        return names.stream()
                .filter(name -> !name.equals("key") || key.path(name).asText().endsWith("…"))
                .map(name -> padded(name, width) + "  " + text(key.path(name)))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String text(JsonNode value) {
        if (value.isNull() || value.isArray() && value.isEmpty()) {
            return "-";
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Representation::text)
                    .collect(Collectors.joining(", "));
        }
        return Shown.line(value.asText());
    }

    /** The keys as the lines of a table under a line of headings; nothing for no keys. */
    static String table(JsonNode keys) {
        if (keys.isEmpty()) {
            return "";
        }
        List<String> members = List.of("id", "userId", "status", "apiVersion", "createdAt", "description");
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("ID", "USER", "STATUS", "VERSION", "CREATED", "DESCRIPTION"));
        keys.forEach(key -> lines.add(
                members.stream().map(name -> cut(text(key.path(name)))).toList()));
        int[] widths = new int[members.size()];
        lines.forEach(line -> {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], length(line.get(column)));
            }
        });
        return lines.stream().map(line -> line(line, widths)).collect(Collectors.joining());
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(padded(cells.get(column), widths[column])).append("  ");
        }
        return line.toString().stripTrailing() + System.lineSeparator();
    }

    private static String cut(String text) {
        return length(text) <= WIDEST ? text : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - length(text));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
