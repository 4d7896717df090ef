package dev.keywright.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Time that moves only when it is told to, forwards or backwards. Thread-safe. */
public final class SettableTime implements InstantSource {

    private final AtomicReference<Instant> now;

    private SettableTime(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    /** A clock that stands at this instant. */
    public static SettableTime at(Instant start) {
        return new SettableTime(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves on by a duration, or back by a negative one. */
    public void advance(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    /** Moves to an instant, before or after the present one. */
    public void set(Instant to) {
        now.set(to);
    }

    @Override
    public String toString() {
        return now.get().toString();
    }
}
