package dev.keywright.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code serve} in a process of its own, on any free port. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("Keywright listens on (http://\\S+)");
    private static final Pattern KEY = Pattern.compile("^  ([a-z0-9_]+_[a-z0-9]{20}_[A-Za-z0-9]{38})$");
    private static final String END = "\u0000";

    private final Process process;
    private final Lines out;
    private final Lines err;
    private final String url;

    private ServerProcess(Process process) {
        this.process = process;
        this.out = new Lines(process.getInputStream());
        this.err = new Lines(process.getErrorStream());
        Matcher listens = LISTENS.matcher(out.await(LISTENS));
        this.url = listens.find() ? listens.group(1) : "";
        if (url.isEmpty()) {
            process.destroyForcibly();
            throw new AssertionError("It did not start:\n" + err.text());
        }
    }

    /**
     * Starts one and waits until it listens.
     *
     * @param folder where it runs, and keeps its data unless told otherwise
     */
    static ServerProcess start(Path folder, Map<String, String> environment, String... jvm) throws IOException {
        return new ServerProcess(launch(folder, environment, jvm));
    }

    /** Starts one and does not wait. */
    static Process launch(Path folder, Map<String, String> environment, String... jvm) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(List.of(jvm));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), Main.class.getName(), "serve", "--http-port", "0"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(Setting::isOurs);
        builder.environment().putAll(environment);
        return builder.start();
    }

    String url() {
        return url;
    }

    /** The first key, if this start has made it. */
    Optional<String> firstKey() {
        return out.text()
                .lines()
                .map(KEY::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** Its number among the processes of this machine. */
    long pid() {
        return process.pid();
    }

    /** All that it has printed so far. */
    String out() {
        return out.text();
    }

    /** All that it has logged so far. */
    String err() {
        return err.text();
    }

    /** Waits until it logs a line with this text. */
    void awaitLog(String text) {
        if (err.await(Pattern.compile(Pattern.quote(text))).isEmpty()) {
            throw new AssertionError("It never logged \"" + text + "\":\n" + err.text());
        }
    }

    /** SIGTERM; {@link Process#destroy()} would also close the streams that we read. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGKILL: it has no chance to do anything more. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** SIGSTOP: it stands still, and its clock goes on. */
    void pause() {
        Signals.send("STOP", pid());
    }

    /** SIGCONT: it wakes up where it stood. */
    void resume() {
        Signals.send("CONT", pid());
    }

    /** Waits for its end; answers its exit status. */
    int exitStatus() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("It did not end:\n" + err.text());
            }
            out.drain();
            err.drain();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends it, if it has not ended. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The lines of a stream, as they come. */
    private static final class Lines {

        private final BlockingQueue<String> coming = new LinkedBlockingQueue<>();
        private final List<String> come = new ArrayList<>();

        Lines(InputStream stream) {
            Thread reader = new Thread(() -> {
                try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                    lines.lines().forEach(coming::add);
                } catch (IOException | UncheckedIOException e) {
                    coming.add("(" + e + ")");
                } finally {
                    coming.add(END);
                }
            });
            reader.setDaemon(true);
            reader.start();
        }

        /** The first line from here on that holds the pattern; empty if the stream ends before. */
        String await(Pattern pattern) {
            try {
                for (String line = next(); !line.equals(END); line = next()) {
                    come.add(line);
                    if (pattern.matcher(line).find()) {
                        return line;
                    }
                }
                coming.add(END);
                return "";
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private String next() throws InterruptedException {
            String line = coming.poll(60, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("Nothing more came after:\n" + text());
            }
            return line;
        }

        void drain() {
            await(Pattern.compile("(?!)"));
        }

        String text() {
            List<String> more = new ArrayList<>();
            coming.drainTo(more);
            come.addAll(more.stream().filter(line -> !line.equals(END)).toList());
            if (more.contains(END)) {
                coming.add(END);
            }
            return come.stream().collect(Collectors.joining("\n"));
        }
    }
}
