package dev.keywright.benchmarks.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own; it ends with {@link #close()}, and at the latest with this process. */
final class Server implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile(" listens on http://[^:]+:(\\d+)");
    private static final Pattern KEY = Pattern.compile("^ {2}([a-z0-9_]+_[a-z0-9]{20}_[A-Za-z0-9]{38})$");

    private static final int START_SECONDS = 60;

    private final String name;
    private final Process process;
    private final Thread atExit;
    private final int port;
    private final String firstKey;
    private volatile boolean started;

    private Server(String name, Process process) throws IOException {
        this.name = name;
        this.process = process;
        this.atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
        CompletableFuture.delayedExecutor(START_SECONDS, TimeUnit.SECONDS).execute(this::endUnlessStarted);
        try {
            // Not closed: the process may say more.
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            this.firstKey = name.equals("product") ? await(out, KEY) : "";
            this.port = Integer.parseInt(await(out, LISTENS));
            started = true;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void endUnlessStarted() {
        if (!started) {
            process.destroyForcibly();
        }
    }

    private String await(BufferedReader out, Pattern wanted) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = wanted.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new IOException(name + " did not start; its log is in the folder of this run");
    }

    /** The product as it is delivered, with default settings but for the port: an H2 file, and its log in a file. */
    static Server product(Path jar, Path folder, List<String> jvm) throws IOException {
        return start("product", folder, jvm, List.of("-jar", jar.toString(), "serve", "--http-port", "0"));
    }

    /** The product with its keys in that database. */
    static Server productOn(Path jar, Path folder, List<String> jvm, String url, String user) throws IOException {
        return start(
                "product",
                folder,
                jvm,
                List.of("-jar", jar.toString(), "serve", "--http-port", "0", "--db-url", url, "--db-user", user));
    }

    /** The same server library with handlers that do nothing. */
    static Server noOp(Path folder, List<String> jvm) throws IOException {
        return start(
                "no-op",
                folder,
                jvm,
                List.of("-cp", System.getProperty("java.class.path"), NoOpServer.class.getName()));
    }

    private static Server start(String name, Path folder, List<String> jvm, List<String> program) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(program);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve(name + ".log").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("KEYWRIGHT_"));
        return new Server(name, builder.start());
    }

    int port() {
        return port;
    }

    /** The first key of a product that has just been set up. */
    String firstKey() {
        return firstKey;
    }

    /** User and system time of its process; on Linux from {@code /proc/PID/stat}, in hundredths of a second. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow(() -> new IllegalStateException(name + " has ended"));
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // Then it runs now.
        }
    }
}
