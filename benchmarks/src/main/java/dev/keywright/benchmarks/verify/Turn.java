package dev.keywright.benchmarks.verify;

import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whose turn it is: each thread goes round the whole of what is presented, from a start of its own. */
@State(Scope.Thread)
public class Turn {
    private int at = ThreadLocalRandom.current().nextInt(1 << 20);

    /** The next place. */
    final int next(int length) {
        int next = at + 1;
        at = next < length ? next : 0;
        return at;
    }
}
