package dev.keywright.inmemory;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a thread stops until the test lets it go on. */
final class Gate {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch passed = new CountDownLatch(1);

    /** Stops here, deaf to interruptions, until it is opened. */
    void pass() {
        reached.countDown();
        boolean interrupted = false;
        while (opened.getCount() > 0) {
            try {
                if (!opened.await(20, TimeUnit.SECONDS)) {
                    throw new AssertionError("a gate was never opened");
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        passed.countDown();
    }

    /** Waits until somebody stops here. */
    Gate awaitReached() {
        Background.await("somebody reaches a gate", () -> reached.getCount() == 0);
        return this;
    }

    /** Lets whoever stops here go on, and waits until he does. */
    void open() {
        opened.countDown();
        if (reached.getCount() == 0) {
            Background.await("somebody goes on from a gate", () -> passed.getCount() == 0);
        }
    }
}
