package dev.keywright.inmemory;

/** Lets a hundred pass at once and then one every hundredth of a second. Not thread-safe. */
final class Pace {

    private static final long INTERVAL = 10_000_000;
    private static final long BURST = 100 * INTERVAL;

    /** When all that was spent will have been earned again, in nanoseconds. */
    private long even;

    Pace(long now) {
        this.even = now;
    }

    /** How long to wait for the next, in nanoseconds; 0 or less if it may pass. */
    long pause(long now) {
        return even + INTERVAL - BURST - now;
    }

    void spend(long now) {
        even = (even - now > 0 ? even : now) + INTERVAL;
    }

    /** Takes back one that was spent. */
    void giveBack() {
        even -= INTERVAL;
    }
}
