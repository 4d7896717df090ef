package dev.keywright.bootstrap;

import dev.keywright.domain.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Looks settings up, a flag before the environment before the default, and collects all that is wrong with them. */
final class SettingsReader {

    /** What a Kubernetes service of the name "keywright" puts into the environment of its neighbours. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("KEYWRIGHT_(SERVICE_(HOST|PORT(_.*)?)|PORT(_[0-9]+_(TCP|UDP|SCTP).*)?)");

    private final Map<String, String> environment;
    private final Map<Setting, String> flags;
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> environment, Map<Setting, String> flags) {
        this.environment = environment;
        this.flags = flags;
        refuseUnknownNames();
    }

    private void refuseUnknownNames() {
        List<String> known =
                Arrays.stream(Setting.values()).map(Setting::variable).toList();
        new TreeMap<>(environment)
                .keySet().stream()
                        .filter(name -> Setting.isOurs(name) && !known.contains(name))
                        .forEach(name -> problems.add(printable(name) + ": is no setting; "
                                + (SERVICE_LINK.matcher(name).matches()
                                        ? "it looks like a Kubernetes service link, which enableServiceLinks: false keeps out"
                                        : "did you mean " + Nearest.to(name, known) + "?")));
    }

    private static String printable(String name) {
        return name.replaceAll("[^!-~]", "?");
    }

    /** The value, given or default; empty if there is neither or if the text is wrong, which is noted. */
    <T> Optional<T> read(Setting setting, Function<String, T> parse) {
        Optional<String> given = given(setting);
        if (given.isPresent() && given.get().isEmpty()) {
            problem(setting, "is empty; leave it out where it is not wanted");
            return Optional.empty();
        }
        try {
            return given.or(setting::defaultText).map(parse);
        } catch (InvalidValueException e) {
            problem(setting, e.getMessage());
            return Optional.empty();
        }
    }

    boolean isGiven(Setting setting) {
        return given(setting).isPresent();
    }

    private Optional<String> given(Setting setting) {
        return Optional.ofNullable(flags.get(setting))
                .or(() -> Optional.ofNullable(environment.get(setting.variable())));
    }

    /** Notes what is wrong, under the name by which the value was given. */
    void problem(Setting setting, String sentence) {
        problems.add((flags.containsKey(setting) ? setting.flag() : setting.variable()) + ": " + sentence);
    }

    /**
     * Ends the reading.
     *
     * @throws SettingsException if anything was wrong
     */
    void finish() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }
}
