package dev.keywright.benchmarks.verify;

import dev.keywright.domain.Verification;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Verifications that are denied before possession is proven. */
@SuppressWarnings("NullAway.Init")
public class DenialBenchmark {
    private static final int KEYS = 1_000;

    /** What was made from good secrets. */
    @State(Scope.Benchmark)
    public static class Bad {
        private CachedKeys cached;
        private String[] malformed;
        private String[] wronglyChecked;
        private String[] wronglyDigested;

        /** Makes it, and sees that nothing of it is granted. */
        @Setup
        public void spoil() {
            cached = CachedKeys.of(KEYS, false);
            malformed = spoilt(Texts::malformed);
            wronglyChecked = spoilt(Texts::withWrongCheck);
            wronglyDigested = spoilt(Population.strangers()::withOtherRandomPart);
        }

        private String[] spoilt(UnaryOperator<String> change) {
            String[] texts = Arrays.stream(cached.presented).map(change).toArray(String[]::new);
            if (Arrays.stream(texts).anyMatch(text -> cached.verify(text).isGranted())) {
                throw new IllegalStateException("a bad key was granted");
            }
            return texts;
        }
    }

    /** No secret can look like this. */
    @Benchmark
    public Verification malformed(Bad bad, Turn turn) {
        return bad.cached.verify(bad.malformed[turn.next(KEYS)]);
    }

    /** A secret with a typing error. */
    @Benchmark
    public Verification wronglyChecked(Bad bad, Turn turn) {
        return bad.cached.verify(bad.wronglyChecked[turn.next(KEYS)]);
    }

    /** Another secret with the reference of a key. */
    @Benchmark
    public Verification wronglyDigested(Bad bad, Turn turn) {
        return bad.cached.verify(bad.wronglyDigested[turn.next(KEYS)]);
    }
}
