package dev.keywright.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Makes every request for {@code /auth} and below it the one question that it is. A proxy may send it with the method, the path,
 * the query and the headers of the request that it holds, and none of them may become a method, a path or a condition here.
 */
final class ProxyQuestions extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        boolean asked = path != null && ProxyEndpoint.isAskedAt(path);
        return super.handle(
                asked && !isPlain(request, path) ? new Question(request, path) : request, response, callback);
    }

    private static boolean isPlain(Request request, String path) {
        if (!path.equals(ProxyEndpoint.PATH) || !HttpMethod.GET.is(request.getMethod())) {
            return false;
        }
        for (String header : Gate.METHOD_OVERRIDES) {
            if (request.getHeaders().contains(header)) {
                return false;
            }
        }
        return true;
    }

    private static final class Question extends Request.Wrapper {
        private final HttpURI uri;
        private final HttpFields headers;

        Question(Request request, String path) {
            super(request);
            this.uri = path.equals(ProxyEndpoint.PATH)
                    ? request.getHttpURI()
                    : HttpURI.build(request.getHttpURI(), ProxyEndpoint.BELOW);
            HttpFields.Mutable fields = HttpFields.build(request.getHeaders());
            Gate.METHOD_OVERRIDES.forEach(fields::remove);
            this.headers = fields.asImmutable();
        }

        /** HEAD is no exception: the container knows what was sent, and leaves the body out. */
        @Override
        public String getMethod() {
            return HttpMethod.GET.asString();
        }

        @Override
        public HttpURI getHttpURI() {
            return uri;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
