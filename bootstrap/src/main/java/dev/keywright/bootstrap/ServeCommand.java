package dev.keywright.bootstrap;

import dev.keywright.domain.KeySecret;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code serve}: runs the HTTP API until the process is told to stop. */
@Command(
        name = "serve",
        description = {
            "Serve the HTTP API. Every option can be given as an environment variable, named in brackets beside its default.",
            "An empty store gets a first company and a management key, which is printed once."
        })
final class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final Map<String, String> environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ServeCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = Flags.settings(spec, environment);
        Service service = Service.start(settings);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            LOG.info("Stopping: requests in flight are answered first");
                            service.close();
                            LOG.info("Stopped");
                            stopped.countDown();
                        },
                        "stop"));
        announce(settings, service);
        stopped.await();
        return ExitStatus.OK.number();
    }

    private void announce(Settings settings, Service service) {
        PrintWriter out = spec.commandLine().getOut();
        String url = "http://" + reachableHost(settings.host()) + ":" + service.port();
        service.firstKey().ifPresent(key -> announce(out, url, key));
        if (service.firstKey().isPresent() && out.checkError()) {
            throw new CommandFailure(ExitStatus.UNAVAILABLE, lost(settings));
        }
        if (settings.inMemory()) {
            out.println("Keys are kept in memory: they are gone when this process stops.");
        }
        out.println("Keywright listens on " + url + " (API documentation: " + url + "/docs)");
    }

    private static void announce(PrintWriter out, String url, KeySecret first) {
        String key = first.reveal();
        out.println("The store was empty. Company " + FirstKey.COMPANY + " has a first key now, of user "
                + FirstKey.USER + ", that may read,");
        out.println("write and verify keys. It is shown this once; keep it:");
        out.println();
        out.println("  " + key);
        out.println();
        out.println("Try it:");
        out.println();
        out.println("  curl -H 'X-API-Key: " + key + "' " + url + "/keys");
        out.println();
    }

    /** The first key is made once: a server that went on without it would leave nobody who can manage keys. */
    private static String lost(Settings settings) {
        String lost = "The first key was made, but it could not be written to standard output and is lost. ";
        return settings.inMemory()
                ? lost + "The store in memory ends with this process: start again."
                : lost + "Make another, with the same settings of the database and the pepper:\n"
                        + "  keywright keys create --company " + FirstKey.COMPANY + " --user " + FirstKey.USER
                        + " --scope keys:read,keys:write,keys:verify";
    }

    /** An address under which somebody on this machine reaches what listens on the host. */
    private static String reachableHost(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> host.indexOf(':') < 0 ? host : "[" + host + "]";
        };
    }
}
