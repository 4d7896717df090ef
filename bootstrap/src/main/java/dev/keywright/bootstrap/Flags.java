package dev.keywright.bootstrap;

import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Settings as flags of a command. */
final class Flags {

    private Flags() {}

    /** Gives the command a flag for each setting of these uses. */
    static CommandLine added(CommandLine line, Setting.Use... uses) {
        for (Setting setting : Setting.usedBy(uses)) {
            String origin = setting.variable()
                    + setting.defaultText().map(text -> ", " + text).orElse("");
            line.getCommandSpec()
                    .addOption(OptionSpec.builder(setting.flag())
                            .paramLabel("<value>")
                            .type(String.class)
                            .description(setting.meaning() + " (" + origin + ")")
                            .build());
        }
        return line;
    }

    /** Reads the settings of a command that was parsed. */
    static Settings settings(CommandSpec parsed, Map<String, String> environment) {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            OptionSpec option = parsed.findOption(setting.flag());
            if (option != null && option.getValue() != null) {
                given.put(setting, option.getValue());
            }
        }
        return Settings.read(environment, given);
    }
}
