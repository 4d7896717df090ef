package dev.keywright.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What came back for a request, to the byte. */
record Answer(int status, List<HeaderLine> headers, byte[] bytes) {

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JsonText.parse(text());
    }

    /** The one value of this header; a repeated header is a fault of the server. */
    Optional<String> header(String name) {
        List<String> values = headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HeaderLine::value)
                .toList();
        if (values.size() > 1) {
            throw new AssertionError(name + " is answered " + values.size() + " times: " + values);
        }
        return values.stream().findFirst();
    }

    String type() {
        return json().path("type").asText();
    }

    String detail() {
        return json().path("detail").asText();
    }

    /** The places of all faults, in the order of the answer: {@code /pointer}, {@code ?parameter} or {@code header:}. */
    List<String> faults() {
        return JsonText.list(json().path("errors")).stream().map(Answer::place).toList();
    }

    private static String place(JsonNode fault) {
        if (fault.has("pointer")) {
            return fault.get("pointer").asText();
        }
        return fault.has("parameter")
                ? "?" + fault.get("parameter").asText()
                : fault.path("header").asText() + ":";
    }

    /** All that is told about faults, in one text. */
    String faultDetails() {
        return JsonText.list(json().path("errors")).stream()
                .map(fault -> fault.path("detail").asText())
                .collect(Collectors.joining("\n"));
    }

    /** What an outsider can compare: all but the request id and the date. */
    String comparable() {
        String id = header("X-Request-Id").orElse("");
        return status + "\n"
                + headers.stream()
                        .filter(header -> !header.name().equalsIgnoreCase("date"))
                        .map(header -> header.name().toLowerCase(Locale.ROOT) + ": " + header.value())
                        .sorted()
                        .collect(Collectors.joining("\n"))
                        .replace(id, "<id>")
                + "\n\n" + text().replace(id, "<id>");
    }

    @Override
    public String toString() {
        return status + " " + headers + "\n" + text();
    }
}
