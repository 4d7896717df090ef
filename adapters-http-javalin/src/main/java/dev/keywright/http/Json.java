package dev.keywright.http;

import java.util.List;
import java.util.Map;

/** A JSON value as far as requests need it: they have texts, lists and objects, and numbers only by mistake. */
sealed interface Json {
    /** What it is, for a sentence. */
    String kind();

    record Text(String value) implements Json {
        @Override
        public String kind() {
            return "a string";
        }
    }

    record Items(List<Json> values) implements Json {
        @Override
        public String kind() {
            return "an array";
        }
    }

    /** An object; its members in the order in which they were sent. */
    record Members(Map<String, Json> values) implements Json {
        @Override
        public String kind() {
            return "an object";
        }
    }

    /** Values whose content no request needs. */
    enum Other implements Json {
        NULL("null"),
        NUMBER("a number"),
        BOOLEAN("a boolean");

        private final String kind;

        Other(String kind) {
            this.kind = kind;
        }

        @Override
        public String kind() {
            return kind;
        }
    }
}
