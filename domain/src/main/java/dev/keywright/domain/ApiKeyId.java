package dev.keywright.domain;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/**
 * The name of a key for as long as it lives: {@code key_} and 26 lower-case Crockford base32 characters that write a
 * 128-bit value in the layout of a UUIDv7 (RFC 9562, section 5.7). It proves nothing: it is no secret and no part of one.
 *
 * <p>Ids order by their unsigned value, which is the order of their texts. The first 48 bits are the milliseconds since
 * 1970 at which the key was created, so the order of ids is the order of creation. An id is also a position in that order,
 * whether or not a key has it; therefore every 128-bit value is accepted, whatever its version bits.
 *
 * @param high the more significant 64 bits
 * @param low the less significant 64 bits
 */
public record ApiKeyId(long high, long low) implements Comparable<ApiKeyId> {

    /** The position before which no key can be. */
    public static final ApiKeyId OLDEST = new ApiKeyId(0, 0);

    /** The position after which no key can be. */
    public static final ApiKeyId NEWEST = new ApiKeyId(-1, -1);

    private static final String PREFIX = "key_";
    private static final int DIGITS = 26;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_HIGH = 0xfffL;
    private static final int RANDOM_LOW_BITS = 62;
    private static final long RANDOM_LOW = (1L << RANDOM_LOW_BITS) - 1;
    private static final long LAST_MILLI = (1L << 48) - 1;
    private static final int STEP_BITS = 40;

    /**
     * Reads an id; only the one canonical spelling is accepted.
     *
     * @throws InvalidValueException if the text is no key id
     */
    public static ApiKeyId parse(String text) {
        if (text.length() != PREFIX.length() + DIGITS || !text.startsWith(PREFIX)) {
            throw notAnId();
        }
        long high = 0;
        long low = 0;
        for (int at = PREFIX.length(); at < text.length(); at++) {
            int value = Crockford.value(text.charAt(at));
            if (value < 0 || (at == PREFIX.length() && value > 7)) {
                throw notAnId();
            }
            high = high << 5 | low >>> 59;
            low = low << 5 | value;
        }
        return new ApiKeyId(high, low);
    }

    /**
     * Makes the id of a key created now: greater than {@code newest}, even within one millisecond and when the clock has
     * stepped back.
     *
     * @param now the time of creation; only whole milliseconds count
     * @param newest the greatest id that is taken, if any
     * @throws IllegalArgumentException if the clock shows a time that no id can carry
     */
    public static ApiKeyId next(Instant now, Optional<ApiKeyId> newest, SecureRandom random) {
        ApiKeyId fresh = at(now.toEpochMilli(), random);
        return newest.filter(taken -> taken.compareTo(fresh) >= 0)
                .map(taken -> taken.following(random))
                .orElse(fresh);
    }

    private static ApiKeyId at(long epochMilli, SecureRandom random) {
        if (epochMilli < 0 || epochMilli > LAST_MILLI) {
            throw new IllegalArgumentException("ids carry times from the year 1970 to 10889; is the clock right?");
        }
        return version7(epochMilli, random.nextLong(), random.nextLong());
    }

    /**
     * A greater id of the same millisecond: the random bits go up by a random step, so that two writers hardly collide.
     * Where that finds none, an id of the next millisecond.
     */
    private ApiKeyId following(SecureRandom random) {
        long sum = (low & RANDOM_LOW) + 1 + (random.nextLong() >>> (Long.SIZE - STEP_BITS));
        ApiKeyId stepped = version7(high >>> 16, high + (sum >>> RANDOM_LOW_BITS), sum);
        return stepped.compareTo(this) > 0 ? stepped : at((high >>> 16) + 1, random);
    }

    private static ApiKeyId version7(long epochMilli, long randomHigh, long randomLow) {
        return new ApiKeyId(
                epochMilli << 16 | VERSION_7 | (randomHigh & RANDOM_HIGH), VARIANT | (randomLow & RANDOM_LOW));
    }

    /** When a key with this id was created, to the millisecond. */
    public Instant createdAt() {
        return Instant.ofEpochMilli(high >>> 16);
    }

    /** The position right before this one in the order of creation; {@link #OLDEST} has none and returns itself. */
    public ApiKeyId previous() {
        return equals(OLDEST) ? this : new ApiKeyId(low == 0 ? high - 1 : high, low - 1);
    }

    /** The position right after this one in the order of creation; {@link #NEWEST} has none and returns itself. */
    public ApiKeyId next() {
        return equals(NEWEST) ? this : new ApiKeyId(low == -1 ? high + 1 : high, low + 1);
    }

    @Override
    public int compareTo(ApiKeyId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        char[] text = new char[PREFIX.length() + DIGITS];
        PREFIX.getChars(0, PREFIX.length(), text, 0);
        long restHigh = high;
        long restLow = low;
        for (int at = text.length - 1; at >= PREFIX.length(); at--) {
            text[at] = Crockford.digit(restLow);
            restLow = restLow >>> 5 | restHigh << 59;
            restHigh >>>= 5;
        }
        return new String(text);
    }

    private static InvalidValueException notAnId() {
        return new InvalidValueException("This is no key id: one is `key_` and 26 lower-case letters and digits");
    }
}
