package dev.keywright.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes in what a client still sends after it was refused, for a while. A server that hangs up on unread bytes resets the
 * connection, and the reset may overtake the answer: the client would never learn that its body was too large or its key
 * unknown (RFC 9112 section 9.6). No thread waits for it, and time and amount are bounded.
 */
final class UnreadBodies extends Handler.Wrapper {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isAnnounced(request) || request.getHeaders().contains(HttpHeader.EXPECT)) {
            // Nothing comes; who waits for a 100 sends nothing after any other answer.
            return super.handle(request, response, callback);
        }
        Unread unread = new Unread(request);
        return super.handle(unread, response, new Drain(unread, callback));
    }

    /** Whether the head says that a body follows (RFC 9112 section 6.3). */
    static boolean isAnnounced(Request request) {
        HttpFields headers = request.getHeaders();
        return headers.contains(HttpHeader.CONTENT_LENGTH) || headers.contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** A request whose body stays readable after its answer: the container alone would give it up. */
    private static final class Unread extends Request.Wrapper {
        private long left = MOST_BYTES;
        private boolean whole;
        private boolean broken;

        Unread(Request request) {
            super(request);
        }

        /** Reads what is there; true if the body has arrived to its end, so that another request can follow. */
        @Override
        public boolean consumeAvailable() {
            while (!hasEnded()) {
                Content.Chunk chunk = read();
                if (chunk == null) {
                    break;
                }
                left -= chunk.remaining();
                broken = Content.Chunk.isFailure(chunk);
                whole = chunk.isLast() && !broken;
                chunk.release();
            }
            return whole;
        }

        /** Whether there is nothing to wait for: all has arrived, or too much, or the client is gone. */
        boolean hasEnded() {
            return whole || broken || left <= 0;
        }
    }

    /** The end of a request, put off until its body has arrived. */
    private static final class Drain implements Callback, Runnable {
        private final Unread request;
        private final Callback callback;
        private final AtomicBoolean ended = new AtomicBoolean();

        Drain(Unread request, Callback callback) {
            this.request = request;
            this.callback = callback;
        }

        @Override
        public void succeeded() {
            run();
            if (!ended.get()) {
                request.getComponents().getScheduler().schedule(this::end, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void failed(Throwable cause) {
            callback.failed(cause);
        }

        /** Takes in what has come, and comes back when there is more. */
        @Override
        public void run() {
            if (!ended.get()) {
                request.consumeAvailable();
                if (request.hasEnded()) {
                    end();
                } else {
                    request.demand(this);
                }
            }
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                callback.succeeded();
            }
        }
    }
}
