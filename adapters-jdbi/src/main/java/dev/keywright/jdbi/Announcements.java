package dev.keywright.jdbi;

import dev.keywright.application.spi.StoreFailure;
import java.util.HashSet;
import java.util.function.Function;

/** Sees to it that others hear of what was committed, before anybody is told that it was. Thread-safe. */
final class Announcements {

    /** Whoever commits later than this after the first event takes new numbers for all: {@link EventReader} relies on it. */
    static final long LATE = 1_000_000_000L;

    private static final int ATTEMPTS = 5;

    /** A unit of work. */
    interface Writing {
        Written write(Written written, Function<LentWriter, Written> work);
    }

    private final boolean inOrder;
    private final Writing writing;
    private final Runnable wakesOthers;

    /**
     * @param inOrder whether numbers are taken in the order of the commits, so that none is ever late
     * @param writing has new numbers committed
     * @param wakesOthers told of every change that others may want to know of; quick, and throws nothing
     */
    Announcements(boolean inOrder, Writing writing, Runnable wakesOthers) {
        this.inOrder = inOrder;
        this.writing = writing;
        this.wakesOthers = wakesOthers;
    }

    /** Of what this unit of work has committed. */
    void announce(Written written) {
        for (int attempt = 1; !inOrder && written.isOlderThan(LATE); attempt++) {
            try {
                announceAgain(written);
            } catch (RuntimeException failure) {
                if (attempt == ATTEMPTS) {
                    throw new StoreFailure("telling others of a change that was committed", failure);
                }
            }
        }
        if (written.concernsOthers()) {
            wakesOthers.run();
        }
    }

    private void announceAgain(Written late) {
        Written again = new Written(new HashSet<>(), () -> {});
        writing.write(again, keys -> {
            keys.announceAgain(late);
            return late;
        });
        late.takeTimeOf(again);
    }
}
