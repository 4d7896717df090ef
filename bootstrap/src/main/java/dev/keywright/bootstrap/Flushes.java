package dev.keywright.bootstrap;

import dev.keywright.application.KeyUses;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has uses of keys written every few seconds on a thread of its own, and once more when it is closed. */
final class Flushes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Flushes.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KeyUses uses;
    private final ScheduledExecutorService thread;

    private Flushes(KeyUses uses) {
        this.uses = uses;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "last-used");
            made.setDaemon(true);
            return made;
        });
    }

    static Flushes of(KeyUses uses) {
        Flushes flushes = new Flushes(uses);
        flushes.thread.scheduleWithFixedDelay(
                flushes::flush, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return flushes;
    }

    /** A store that is away now may be back at the next time. */
    private void flush() {
        try {
            uses.flush();
        } catch (RuntimeException failure) {
            LOG.warn("When keys were used last could not be written yet: {}", failure.getMessage());
        }
    }

    @Override
    public void close() {
        thread.execute(this::flush);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("When keys were used last could not be written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
