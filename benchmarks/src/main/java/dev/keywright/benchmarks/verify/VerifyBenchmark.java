package dev.keywright.benchmarks.verify;

import dev.keywright.domain.Verification;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Verifications that are granted, from the near cache. */
@SuppressWarnings("NullAway.Init")
public class VerifyBenchmark {

    /** Keys without a list of addresses. */
    @State(Scope.Benchmark)
    public static class Plain {
        /** How many. */
        @Param({"1000", "1000000"})
        public int keys;

        private CachedKeys cached;

        /** Makes them and fills the cache. */
        @Setup
        public void fill() {
            cached = CachedKeys.of(keys, false);
        }
    }

    /** Keys whose use is noted. */
    @State(Scope.Benchmark)
    public static class Noted {
        /** How many. */
        @Param({"1000", "1000000"})
        public int keys;

        private CachedKeys cached;

        /** Makes them, fills the cache and notes one use of each. */
        @Setup
        public void fill() {
            cached = CachedKeys.withUsesNoted(keys);
        }
    }

    /** Keys with a list of a hundred addresses each. */
    @State(Scope.Benchmark)
    public static class Listed {
        /** How many. */
        @Param("1000")
        public int keys;

        private CachedKeys cached;

        /** Makes them and fills the cache. */
        @Setup
        public void fill() {
            cached = CachedKeys.of(keys, true);
        }
    }

    /** A key, a client and a scope: granted. */
    @Benchmark
    public Verification granted(Plain plain, Turn turn) {
        return verify(plain.cached, turn);
    }

    /** The same where uses are noted. */
    @Benchmark
    public Verification grantedAndNoted(Noted noted, Turn turn) {
        return verify(noted.cached, turn);
    }

    /** The same where the client is in the last of a hundred blocks of addresses. */
    @Benchmark
    public Verification grantedByAddressList(Listed listed, Turn turn) {
        return verify(listed.cached, turn);
    }

    private static Verification verify(CachedKeys cached, Turn turn) {
        return cached.verify(cached.presented[turn.next(cached.presented.length)]);
    }
}
