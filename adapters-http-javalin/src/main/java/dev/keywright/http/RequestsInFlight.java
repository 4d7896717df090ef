package dev.keywright.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Knows which connections have a request that is not answered yet. Thread-safe. */
final class RequestsInFlight extends Handler.Wrapper {
    private final Set<EndPoint> busy = ConcurrentHashMap.newKeySet();

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        busy.add(connection);
        boolean handled = false;
        try {
            handled = super.handle(request, response, Callback.from(() -> busy.remove(connection), callback));
            return handled;
        } finally {
            if (!handled) {
                busy.remove(connection);
            }
        }
    }

    boolean isOn(EndPoint connection) {
        return busy.contains(connection);
    }
}
