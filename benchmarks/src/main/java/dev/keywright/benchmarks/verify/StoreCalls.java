package dev.keywright.benchmarks.verify;

import dev.keywright.application.KeyUses;
import dev.keywright.application.KeyVerification;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.Verification;
import dev.keywright.inmemory.NearCache;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the store is asked while secrets are verified over a near cache and an H2 file. */
final class StoreCalls {
    private static final int KEYS = 1_000;
    private static final int ATTACKERS = 32;
    private static final int GOOD_CALLS = 200_000;
    private static final int MADE_UP = 200_000;
    private static final int CACHED = 100_000;

    /**
     * What was counted.
     *
     * @param calls verifications
     * @param questions that the store was asked
     * @param writes that the store was given
     * @param wall how long it took
     */
    record Counted(long calls, long questions, long writes, Duration wall) {}

    private StoreCalls() {}

    /** Many at once present well-formed secrets that nobody was given, each another. */
    static Counted unknownReferences(Duration time) throws IOException, InterruptedException {
        String[] strangers = new String[MADE_UP];
        Population population = Population.strangers();
        for (int at = 0; at < MADE_UP; at++) {
            strangers[at] = population.stranger();
        }
        try (H2Keys keys = new H2Keys(KEYS)) {
            CountingStore store = new CountingStore(keys.store());
            KeyVerification verification = new KeyVerification(
                    new NearCache(store, CACHED, Duration.ofSeconds(1), System::nanoTime),
                    InstantSource.system(),
                    SecretDigester.sha256());
            long start = System.nanoTime();
            long end = start + time.toNanos();
            long calls = together(attacker -> () -> {
                long made = 0;
                for (int at = attacker; at < MADE_UP && System.nanoTime() < end; at += ATTACKERS) {
                    requireVerdict(false, verify(verification, strangers[at]));
                    made++;
                }
                return made;
            });
            return new Counted(calls, store.questions(), store.writes(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Good keys, whose uses are noted. */
    static Counted goodKeys() throws IOException {
        try (H2Keys keys = new H2Keys(KEYS)) {
            CountingStore store = new CountingStore(keys.store());
            KeyUses uses = KeyUses.notedIn(store, InstantSource.system(), Duration.ofSeconds(60), KEYS);
            KeyVerification verification = new KeyVerification(
                    new NearCache(store, CACHED, Duration.ofSeconds(1), System::nanoTime),
                    InstantSource.system(),
                    SecretDigester.sha256(),
                    uses);
            long start = System.nanoTime();
            for (int call = 0; call < GOOD_CALLS; call++) {
                requireVerdict(true, verify(verification, keys.presented[call % KEYS]));
            }
            return new Counted(
                    GOOD_CALLS, store.questions(), store.writes(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static Verification verify(KeyVerification verification, String text) {
        return verification.verify(text, Optional.of(Population.CLIENT), Population.REQUIRED);
    }

    private static void requireVerdict(boolean granted, Verification verdict) {
        if (verdict.isGranted() != granted) {
            throw new IllegalStateException("the verdict was " + verdict);
        }
    }

    private interface Work {
        Callable<Long> of(int attacker);
    }

    private static long together(Work work) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(ATTACKERS);
        try {
            List<Callable<Long>> all = new ArrayList<>();
            for (int attacker = 0; attacker < ATTACKERS; attacker++) {
                all.add(work.of(attacker));
            }
            long calls = 0;
            for (Future<Long> done : threads.invokeAll(all)) {
                calls += done.get();
            }
            return calls;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
