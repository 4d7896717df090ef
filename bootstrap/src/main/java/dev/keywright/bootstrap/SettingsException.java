package dev.keywright.bootstrap;

import java.util.List;

/** The configuration cannot be: all that is wrong with it, a sentence each, naming the variable or flag and no secret. */
final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
