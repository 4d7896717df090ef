package dev.keywright.bootstrap;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The entry point of the executable jar. */
public final class Main {

    private static final String OUR_LOG = "org.slf4j.simpleLogger.log.dev.keywright";
    private static final String JETTYS_LOG = "org.slf4j.simpleLogger.log.org.eclipse.jetty";

    private Main() {}

    /**
     * Runs the command line and ends the process with its exit status.
     *
     * @param arguments a command and its options; {@code --help} tells them
     */
    public static void main(String[] arguments) {
        setUpLog(arguments.length > 0 && arguments[0].equals("serve"));
        int status = run(System.getenv(), utf8(FileDescriptor.out), utf8(FileDescriptor.err), arguments);
        System.exit(status);
    }

    /** A command that ends soon only tells of trouble. Jetty's log, which can print keys, is not opened by any property. */
    private static void setUpLog(boolean serves) {
        if (!serves && System.getProperty(OUR_LOG) == null) {
            System.setProperty(OUR_LOG, "warn");
        }
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(JETTYS_LOG))
                .forEach(System::clearProperty);
    }

    /** Descriptions and redacted keys have characters that not every locale can print; scripts expect one encoding. */
    private static PrintWriter utf8(FileDescriptor descriptor) {
        OutputStream stream = new FileOutputStream(descriptor);
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
        if (Arrays.stream(arguments).anyMatch(argument -> argument.indexOf('\uFFFD') >= 0)) {
            err.println("Some characters of the command line cannot be read in this locale; set LC_ALL=C.UTF-8");
            return ExitStatus.USAGE.number();
        }
        try {
            int status =
                    KeywrightCommand.over(environment).setOut(out).setErr(err).execute(arguments);
            if (status == ExitStatus.OK.number() && out.checkError()) {
                err.println("The command was carried out, but what it prints could not be written to standard output");
                return ExitStatus.UNAVAILABLE.number();
            }
            return status;
        } catch (Throwable failure) {
            LoggerFactory.getLogger(Main.class).debug("The command failed", failure);
            err.println(FailureReport.fault(failure));
            return ExitStatus.FAULT.number();
        }
    }
}
