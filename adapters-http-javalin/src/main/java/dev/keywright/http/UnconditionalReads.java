package dev.keywright.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes {@code If-None-Match} off every request. Javalin would answer 304 without a body wherever the answer's {@code ETag} is
 * in it, whatever the method: a create whose header is {@code "1"} would make a key and lose its secret.
 */
final class UnconditionalReads extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(
                request.getHeaders().contains(HttpHeader.IF_NONE_MATCH) ? new Unconditional(request) : request,
                response,
                callback);
    }

    private static final class Unconditional extends Request.Wrapper {
        private final HttpFields headers;

        Unconditional(Request request) {
            super(request);
            this.headers = HttpFields.build(request.getHeaders())
                    .remove(HttpHeader.IF_NONE_MATCH)
                    .asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
