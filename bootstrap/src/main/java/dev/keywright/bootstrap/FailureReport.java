package dev.keywright.bootstrap;

import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.UnknownSchemeException;
import dev.keywright.jdbi.DatabaseRefusedException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in sentences, on standard error, and never in stack traces. */
final class FailureReport implements IExecutionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) throws Exception {
        if (failure instanceof ParameterException wrong) {
            return line.getParameterExceptionHandler().handleParseException(wrong, new String[0]);
        }
        LOG.debug("The command failed", failure);
        PrintWriter err = line.getErr();
        if (failure instanceof SettingsException settings) {
            err.println("These settings cannot be used:");
            settings.problems().forEach(problem -> err.println("  " + shown(problem)));
            return ExitStatus.USAGE.number();
        }
        err.println(shown(sentence(failure)));
        return status(failure).number();
    }

    private static String shown(String sentence) {
        return Shown.lines(KeySecret.redactedIn(sentence));
    }

    private static ExitStatus status(Exception failure) {
        if (failure instanceof CommandFailure command) {
            return command.status();
        }
        if (failure instanceof KeyException refused) {
            return status(refused.error().code());
        }
        if (failure instanceof InvalidValueException) {
            return ExitStatus.USAGE;
        }
        boolean unavailable = failure instanceof StoreFailure
                || failure instanceof DatabaseRefusedException
                || failure instanceof UnknownSchemeException;
        return unavailable ? ExitStatus.UNAVAILABLE : ExitStatus.FAULT;
    }

    /** What a server answers with 400 was wrong to ask for, here too. */
    private static ExitStatus status(KeyError.Code code) {
        return switch (code) {
            case VERSION_NOT_RELEASED, EXPIRY_NOT_IN_FUTURE -> ExitStatus.USAGE;
            case NOT_FOUND,
                    KEY_DELETED,
                    DOWNGRADE_WINDOW_CLOSED,
                    VERSION_NEVER_PINNED,
                    PRECONDITION_FAILED,
                    IDEMPOTENCY_KEY_REUSED,
                    SCOPE_MISSING,
                    SCOPE_NOT_HELD -> ExitStatus.REFUSED;
        };
    }

    private static String sentence(Exception failure) {
        return status(failure) == ExitStatus.FAULT ? fault(failure) : String.valueOf(failure.getMessage());
    }

    /** What is said of a failure that nobody foresaw; its message is not, as nobody knows what is in it. */
    static String fault(Throwable failure) {
        return "Keywright failed in a way it should not: "
                + failure.getClass().getSimpleName()
                + ". With JDK_JAVA_OPTIONS=-Dorg.slf4j.simpleLogger.log.dev.keywright=debug it tells more";
    }
}
