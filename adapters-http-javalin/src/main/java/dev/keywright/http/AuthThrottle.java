package dev.keywright.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.keywright.domain.IpAddress;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells addresses with too many failed authentications to wait. Only failures are counted and only failures are refused, so
 * nobody's good credentials stop working because of somebody else's bad ones.
 *
 * <p>Each address has a bucket of a minute's failures that refills evenly. IPv6 clients are told apart by their first 64
 * bits, which is what one subscriber commonly has. At most 50,000 addresses are remembered.
 */
final class AuthThrottle {
    private static final int MOST_ADDRESSES = 50_000;
    private static final Duration REFILL = Duration.ofMinutes(1);

    private final int failuresPerMinute;
    private final TimeMeter time;
    private final Cache<Source, Bucket> buckets;

    private record Source(IpAddress.Family family, long bits) {
        static Source of(IpAddress address) {
            boolean v4 = address.family() == IpAddress.Family.IPV4;
            return new Source(address.family(), v4 ? address.low() : address.high());
        }
    }

    /**
     * @param failuresPerMinute how many are free; 0 for any number
     */
    AuthThrottle(int failuresPerMinute, InstantSource clock) {
        this.failuresPerMinute = failuresPerMinute;
        this.time = new ClockMeter(clock);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(REFILL.multipliedBy(2))
                .ticker(time::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Counts a failure.
     *
     * @param client where it came from; those of unknown address share one bucket
     * @return after how many seconds to try again, if this was one too many
     */
    OptionalLong failed(Optional<IpAddress> client) {
        if (failuresPerMinute == 0) {
            return OptionalLong.empty();
        }
        Source source = client.map(Source::of).orElse(new Source(IpAddress.Family.IPV6, 0));
        ConsumptionProbe probe = buckets.get(source, any -> fullBucket()).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? OptionalLong.empty()
                : OptionalLong.of(secondsRoundedUp(probe.getNanosToWaitForRefill()));
    }

    private Bucket fullBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(failuresPerMinute).refillGreedy(failuresPerMinute, REFILL))
                .withCustomTimePrecision(time)
                .build();
    }

    private static long secondsRoundedUp(long nanos) {
        return Math.max(1, (nanos + 999_999_999) / 1_000_000_000);
    }

    /** The clock of the whole server, as the library wants it. */
    private record ClockMeter(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return now.getEpochSecond() * 1_000_000_000 + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
