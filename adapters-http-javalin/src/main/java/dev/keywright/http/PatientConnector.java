package dev.keywright.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A connector that, when the server stops, hurries only the connections that wait for nothing. The container alone would
 * hurry all, and who is in the middle of a body would be told that it did not arrive.
 */
final class PatientConnector extends ServerConnector {
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final RequestsInFlight requests;

    PatientConnector(Server server, HttpConfiguration http, Duration idle, RequestsInFlight requests) {
        super(server, new HttpConnectionFactory(http));
        this.requests = requests;
        setIdleTimeout(idle.toMillis());
        setShutdownIdleTimeout(idle.toMillis());
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        CompletableFuture<Void> done = super.shutdown();
        getConnectedEndPoints().stream()
                .filter(connection -> !requests.isOn(connection))
                .forEach(connection -> connection.setIdleTimeout(LAST_WAIT.toMillis()));
        return done;
    }
}
