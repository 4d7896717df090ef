package dev.keywright.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON text of RFC 8259, strictly: UTF-8 without a byte order mark, nothing after the value, bounded depth and
 * lengths. A member that stands twice is a {@link Fault} like others, so that it is reported beside them.
 */
final class JsonReader {
    static final int MAX_DEPTH = 10;
    private static final int MAX_NUMBER_LENGTH = 20;
    private static final int MAX_NAME_LENGTH = 1_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final JsonParser parser;
    private final Faults faults;

    private JsonReader(JsonParser parser, Faults faults) {
        this.parser = parser;
        this.faults = faults;
    }

    /** The one value that the bytes hold; a {@link ProblemException} if they hold none or more. */
    static Json read(byte[] bytes, Faults faults) {
        String text = decode(bytes);
        if (text.isBlank()) {
            throw Problem.malformed("A JSON object is needed as the body, and the body is empty")
                    .asException();
        }
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            Json value = new JsonReader(parser, faults).value("");
            if (parser.nextToken() != null) {
                throw Problem.malformed("The body has something after its JSON value")
                        .asException();
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw Problem.malformed("The JSON of the body is nested deeper than " + MAX_DEPTH
                            + " levels, or has a number or a name that is too long")
                    .asException();
        } catch (JsonProcessingException e) {
            throw Problem.malformed("The body is no well-formed JSON: there is a mistake in line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr())
                    .asException();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.malformed("The body is no well-formed UTF-8").asException();
        }
    }

    private Json value(String pointer) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> new Json.Text(parser.getText());
            case START_ARRAY -> items(pointer);
            case START_OBJECT -> members(pointer);
            case VALUE_NULL -> Json.Other.NULL;
            case VALUE_TRUE, VALUE_FALSE -> Json.Other.BOOLEAN;
            default -> Json.Other.NUMBER;
        };
    }

    private Json items(String pointer) throws IOException {
        List<Json> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(pointer + "/" + values.size()));
        }
        return new Json.Items(values);
    }

    private Json members(String pointer) throws IOException {
        Map<String, Json> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            String at = pointer + Fault.token(name);
            if (values.putIfAbsent(name, value(at)) != null) {
                faults.at(at, "stands more than once");
            }
        }
        return new Json.Members(values);
    }
}
