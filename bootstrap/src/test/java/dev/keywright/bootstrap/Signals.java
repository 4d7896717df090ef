package dev.keywright.bootstrap;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that Java has no words for. */
final class Signals {

    private Signals() {}

    /** Sends one to a process that this test has started. */
    static void send(String signal, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError("No " + signal + " could be sent to process " + pid);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
