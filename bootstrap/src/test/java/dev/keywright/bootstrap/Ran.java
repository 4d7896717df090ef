package dev.keywright.bootstrap;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/**
 * A command that has run in this process.
 *
 * @param status its exit status
 * @param out what it printed
 * @param err what it said went wrong
 */
record Ran(int status, String out, String err) {

    static Ran command(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Ran(status, out.toString(), err.toString());
    }
}
