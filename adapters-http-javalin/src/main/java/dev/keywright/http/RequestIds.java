package dev.keywright.http;

import dev.keywright.domain.KeySecret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Gives every request a name: its sender's own, if that is harmless, or a new one. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final HexFormat HEX = HexFormat.of();
    private static final long STEP = 0x9e37_79b9_7f4a_7c15L;

    private final AtomicLong state;

    /**
     * @param clock read once, so that the names of two runs differ
     */
    RequestIds(InstantSource clock) {
        Instant start = clock.instant();
        this.state = new AtomicLong(mixed(start.getEpochSecond() * 1_000_000_000 + start.getNano()));
    }

    /** The name of a request with these values of the header. */
    String of(List<String> sent) {
        return sent.size() == 1 && isHarmless(sent.get(0)) ? sent.get(0) : next();
    }

    /** It is repeated in answers and logs. */
    private static boolean isHarmless(String sent) {
        return HARMLESS.matcher(sent).matches() && !KeySecret.isIn(sent);
    }

    /** A name that no other request of this run has and that does not tell how many there were. It is no secret. */
    String next() {
        return HEX.toHexDigits(mixed(state.addAndGet(STEP)));
    }

    /** The finalizer of SplitMix64: every value has its own image. */
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ mixed >>> 31;
    }
}
