package dev.keywright.http;

import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Leads requests for {@code *}, the server as a whole, to a path that nobody answers to. The container itself finds no
 * application under {@code *} and would tell so to anybody, before credentials are looked at.
 */
final class StarTargets extends Handler.Wrapper {
    private static final String STAR = "*";

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpURI uri = request.getHttpURI();
        return super.handle(
                STAR.equals(uri.getPath()) ? Request.serveAs(request, HttpURI.build(uri, "/" + STAR)) : request,
                response,
                callback);
    }
}
