package dev.keywright.bootstrap;

import dev.keywright.domain.KeySecret;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line, on standard error. Of what was typed it repeats no more than the names of options:
 * a value in a wrong place may be a key or a password, and standard error is kept in the logs of builds.
 */
final class UsageReport implements IParameterExceptionHandler {

    /** What can be meant as the name of an option, then perhaps its value. */
    private static final Pattern OPTION =
            Pattern.compile("(--[A-Za-z][A-Za-z-]{0,39}|-[A-Za-z])(=.*)?", Pattern.DOTALL);

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(Shown.lines(KeySecret.redactedIn(sentence(wrong))));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("See " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.USAGE.number();
    }

    private static String sentence(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return sentence(unmatched);
        }
        String sentence = String.valueOf(wrong.getMessage());
        if (wrong instanceof MissingParameterException) {
            return sentence.split(" but found ", 2)[0];
        }
        String value = wrong.getValue();
        return value == null || value.isEmpty() ? sentence : sentence.replace("'" + value + "'", "its value");
    }

    private static String sentence(UnmatchedArgumentException unmatched) {
        List<String> given = unmatched.getUnmatched();
        if (given.stream().noneMatch(argument -> argument.startsWith("-"))) {
            boolean awaitsCommand = !unmatched.getCommandLine().getSubcommands().isEmpty();
            return awaitsCommand
                    ? "There is no such command"
                    : given.size() == 1 ? "An argument too many" : given.size() + " arguments too many";
        }
        String names = given.stream()
                .map(OPTION::matcher)
                .filter(Matcher::matches)
                .map(option -> option.group(1))
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "There is no such option" : "There is no such option: " + names;
    }
}
