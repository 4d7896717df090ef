package dev.keywright.http;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives up a body that trickles in, which would keep a connection and a thread for hours. Whoever sends nothing at all meets the
 * connection's own patience.
 */
final class SlowBodies extends Handler.Wrapper {
    /** How long nobody counts: the first packets of an honest body may be late. */
    private static final long GRACE_SECONDS = 2;

    private final long bytesPerSecond;

    /**
     * @param bytesPerSecond the least that a body has to come in, on average since it was first waited for
     */
    SlowBodies(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(UnreadBodies.isAnnounced(request) ? new Measured(request) : request, response, callback);
    }

    private final class Measured extends Request.Wrapper {
        private long firstWait;
        private boolean waited;
        private long bytes;
        private boolean tooSlow;

        Measured(Request request) {
            super(request);
        }

        @Override
        public Content.Chunk read() {
            if (tooSlow) {
                return Content.Chunk.from(new IOException("the body comes too slowly"));
            }
            Content.Chunk chunk = super.read();
            if (chunk != null) {
                bytes += chunk.remaining();
            }
            return chunk;
        }

        @Override
        public void demand(Runnable next) {
            long now = System.nanoTime();
            if (!waited) {
                waited = true;
                firstWait = now;
            }
            long seconds = Duration.ofNanos(now - firstWait).toSeconds();
            tooSlow = seconds >= GRACE_SECONDS && bytes < seconds * bytesPerSecond;
            if (tooSlow) {
                next.run();
            } else {
                super.demand(next);
            }
        }
    }
}
