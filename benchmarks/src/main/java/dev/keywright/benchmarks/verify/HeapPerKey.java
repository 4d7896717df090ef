package dev.keywright.benchmarks.verify;

import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.KeyTerms;
import dev.keywright.domain.SecretDigest;
import dev.keywright.domain.UserId;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.inmemory.NearCache;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes of the heap a key in the near cache keeps alive: what is used after a full collection with a million keys in
 * it, less what was used before it was made. The keys come from a store that makes them up when asked and keeps nothing. A
 * process of its own, with the collector that counts to the byte.
 */
final class HeapPerKey {
    private static final int KEYS = 1_000_000;
    private static final int A_COMPANY = 1_000;
    private static final int FULL_COLLECTIONS = 3;
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private final SplittableRandom random = new SplittableRandom(3);
    private int made;

    private HeapPerKey() {}

    /** Starts the process and waits for its figure. */
    static double measure() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeapPerKey.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            process.waitFor(1, TimeUnit.MINUTES);
            return Double.parseDouble(printed.strip());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Prints the figure. */
    public static void main(String[] args) {
        System.out.println(new HeapPerKey().bytes());
    }

    private double bytes() {
        // Loads the classes and makes what is made once.
        filled(A_COMPANY);
        long before = used();
        NearCache cache = filled(KEYS);
        long after = used();
        if (cache.size() != KEYS) {
            throw new IllegalStateException("the cache keeps only " + cache.size());
        }
        Reference.reachabilityFence(cache);
        return (after - before) / (double) KEYS;
    }

    private NearCache filled(int keys) {
        PreparedStore store = new PreparedStore(reference -> Optional.of(next(reference)));
        NearCache cache = new NearCache(store, 2 * keys, Duration.ofHours(1), System::nanoTime);
        made = 0;
        for (int number = 0; number < keys; number++) {
            KeyReference reference = new KeyReference(random.nextLong() >>> 28, random.nextLong());
            if (cache.lookUp(reference).isEmpty()) {
                throw new IllegalStateException("a key is not there");
            }
        }
        return cache;
    }

    /** Every part of it new, as it comes from a database. */
    private VerifiableKey next(KeyReference reference) {
        int number = made++;
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return new VerifiableKey(
                new ApiKeyId(CREATED.plusMillis(number).toEpochMilli() << 16 | 0x7000, random.nextLong()),
                new UserId(Population.user(number)),
                reference,
                new SecretDigest("sha256", digest),
                Expiry.never(),
                CREATED,
                new KeyTerms(
                        Population.company(number),
                        new KeyPrefix("kw"),
                        "sha256",
                        Population.version(number),
                        Population.scopes(number),
                        IpAllowList.of(List.of()),
                        true,
                        false));
    }

    private static long used() {
        for (int time = 0; time < FULL_COLLECTIONS; time++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
