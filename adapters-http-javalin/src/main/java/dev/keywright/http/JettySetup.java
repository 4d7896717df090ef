package dev.keywright.http;

import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.servlet.DefaultTasks;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** Makes the container strict, bounded and polite at the end: what it lets through, and how much and how long of it. */
final class JettySetup {
    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int HEADER_BYTES = 8 * 1024;
    private static final int CONNECTIONS = 4_000;
    /** Callers that come all at once wait here; Java's own 50 would have the system turn some away without a word. */
    private static final int ACCEPT_QUEUE = 1_024;

    private static final long SLOWEST_BODY_BYTES_PER_SECOND = 256;

    private final HttpSettings settings;
    private final ContainerErrors errors;

    JettySetup(HttpSettings settings, ContainerErrors errors) {
        this.settings = settings;
        this.errors = errors;
    }

    void apply(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        if (VirtualThreads.areSupported()) {
            config.jetty.threadPool = virtualThreads();
        }
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.maxRequestSize = settings.maxBodyBytes();
        config.router.ignoreTrailingSlashes = false;
        withoutUnusedStages(config);
        config.jetty.modifyHttpConfiguration(JettySetup::strict);
        config.jetty.addConnector(this::connector);
        config.jetty.modifyServletContextHandler(context -> context.setSessionHandler(new NoSessions()));
        config.jetty.modifyServer(this::bounded);
    }

    /**
     * Jetty's own pool lets the thread that found a request answer it, and another look for the next; Javalin's hands every
     * request over. It needs no limit: that of the connections is one.
     */
    private static ThreadPool virtualThreads() {
        VirtualThreadPool pool = new VirtualThreadPool();
        pool.setMaxConcurrentTasks(0);
        return pool;
    }

    /** Of the stages of a request only those for which there are handlers. */
    @SuppressWarnings("unchecked")
    private static void withoutUnusedStages(JavalinConfig config) {
        config.requestLifeCycle(DefaultTasks.INSTANCE.getBEFORE(), DefaultTasks.INSTANCE.getHTTP());
    }

    private static void strict(HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
    }

    private Connector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        return connector;
    }

    /** Without the statistics that Javalin has counted, for which nobody asks. */
    private void bounded(Server server) {
        server.setHandler((Handler) null);
        server.setErrorHandler(errors);
        server.setStopTimeout(STOP.toMillis());
        server.insertHandler(new UnconditionalReads());
        server.insertHandler(new StarTargets());
        server.insertHandler(new ProxyQuestions());
        server.insertHandler(new UnreadBodies());
        server.insertHandler(new StandardHeaders());
        server.insertHandler(new SlowBodies(SLOWEST_BODY_BYTES_PER_SECOND));
        server.insertHandler(new GracefulHandler());
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
    }
}
