package dev.keywright.application.spi;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The pauses between attempts at something that others were in the way of. They grow, from about a millisecond to a tenth
 * of a second, and no two are alike, so that those who met once do not meet again.
 *
 * <p>It is over after a number of attempts or after some time, whatever comes first, and as soon as the thread is interrupted;
 * the thread stays interrupted then. For one thread.
 */
public final class Backoff {

    private static final long FIRST_NANOS = 2_000_000;
    private static final long LONGEST_NANOS = 100_000_000;

    private final long within;
    private int left;
    private long pause = FIRST_NANOS;
    private long end;

    private Backoff(int attempts, Duration within) {
        this.left = attempts;
        this.within = within.toNanos();
    }

    /**
     * Begins with the first attempt.
     *
     * @param attempts how many there are at most, the first included; positive
     * @param within how long after the end of the first one the last may begin: to find a deadlock alone takes a second
     */
    public static Backoff of(int attempts, Duration within) {
        if (attempts < 1 || within.isNegative()) {
            throw new IllegalArgumentException("there is at least one attempt, and it comes first");
        }
        return new Backoff(attempts, within);
    }

    /** Waits until the next attempt may be made; false at once if there is none. */
    public boolean pause() {
        long now = System.nanoTime();
        end = pause == FIRST_NANOS ? now + within : end;
        long nanos = pause / 2 + spread(now, pause / 2);
        if (--left < 1 || now + nanos - end > 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(this, nanos);
        pause = Math.min(2 * pause, LONGEST_NANOS);
        return !Thread.currentThread().isInterrupted();
    }

    /** Two who were in each other's way came here at different nanoseconds: no chance is needed to part them. */
    private static long spread(long now, long range) {
        return Math.floorMod(now * 0x9E3779B97F4A7C15L >> 16, range);
    }
}
