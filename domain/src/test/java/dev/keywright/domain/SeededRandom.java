package dev.keywright.domain;

import java.security.SecureRandom;
import java.util.Random;

/** Repeats its bytes for a seed, and counts them. */
final class SeededRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final Random source;
    private long drawn;

    SeededRandom(long seed) {
        this.source = new Random(seed);
    }

    /** How many bytes were asked for. */
    long drawn() {
        return drawn;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        source.nextBytes(bytes);
        drawn += bytes.length;
    }
}
