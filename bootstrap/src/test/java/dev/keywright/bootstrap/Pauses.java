package dev.keywright.bootstrap;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets time pass in which something real happens: a load goes on, a server stays away. */
final class Pauses {

    private Pauses() {}

    static void of(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
