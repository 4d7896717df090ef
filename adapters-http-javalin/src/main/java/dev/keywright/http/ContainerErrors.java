package dev.keywright.http;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers requests that Jetty refuses itself, before any handler sees them, with problems like all others. */
final class ContainerErrors extends ErrorHandler {
    private final RequestIds ids;

    ContainerErrors(RequestIds ids) {
        this.ids = ids;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String requestId = ids.of(List.copyOf(request.getHeaders().getValuesList(RequestIds.HEADER)));
        Problem refusal = Problems.ofStatus(response.getStatus(), requestId);
        String path = request.getHttpURI().getPath();
        Problem problem = path != null && ProxyEndpoint.isAskedAt(path) ? refusal.forProxies() : refusal;
        response.setStatus(problem.type().status());
        StandardHeaders.putInto(response.getHeaders());
        problem.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put(RequestIds.HEADER, requestId);
        response.getHeaders().put("Content-Type", Problem.MEDIA_TYPE);
        RequestLog.refusedByContainer(request.getMethod(), problem.type().status(), requestId);
        byte[] body = Answers.bytes(ProblemAnswer.of(problem, requestId));
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
