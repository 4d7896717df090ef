package dev.keywright.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The API version that a key is tied to, and the way back.
 *
 * <p>An upgrade (a move to a later date) leaves the version it comes from on the <em>trail</em>, with the instant until
 * which the key may return to it. The instant is frozen then: no later upgrade and no change of configuration moves it. A
 * return takes its version and all newer ones off the trail and opens no window of its own. The trail ascends, and its
 * versions are older than the current one.
 *
 * <p>Source: contract section 5.
 *
 * @param current the version the key is pinned to; empty before the first pin
 * @param since when it was set; present when {@code current} is
 * @param trail the versions the key was pinned to before, oldest first
 */
public record VersionPin(Optional<ApiVersion> current, Optional<Instant> since, List<Return> trail) {

    private static final VersionPin UNPINNED = new VersionPin(Optional.empty(), Optional.empty(), List.of());

    /**
     * A version that the key may go back to.
     *
     * @param version a version the key was really pinned to
     * @param notAfter the last instant at which the key may return to it
     */
    public record Return(ApiVersion version, Instant notAfter) {}

    public VersionPin {
        trail = List.copyOf(trail);
        if (current.isPresent() != since.isPresent() || (current.isEmpty() && !trail.isEmpty())) {
            throw new IllegalArgumentException("a pin has a version and its instant, or neither and no trail");
        }
        for (int at = 0; at < trail.size(); at++) {
            ApiVersion newer = at + 1 < trail.size() ? trail.get(at + 1).version() : current.orElseThrow();
            if (!newer.isAfter(trail.get(at).version())) {
                throw new IllegalArgumentException("the trail of a pin ascends to its current version");
            }
        }
    }

    /** The pin of a key that was never tied to a version. */
    public static VersionPin unpinned() {
        return UNPINNED;
    }

    /**
     * Moves the pin.
     *
     * @param to the version asked for; the current one changes nothing and returns this very pin
     * @param now the time of the move, not before {@link #since()}
     * @param window how long after an upgrade the way back stays open; zero or more
     * @throws KeyException if it is a downgrade that may not, or may no longer, happen
     */
    public VersionPin move(ApiVersion to, Instant now, Duration window) {
        if (current.isEmpty()) {
            return new VersionPin(Optional.of(to), Optional.of(now), List.of());
        }
        ApiVersion from = current.get();
        if (to.equals(from)) {
            return this;
        }
        return to.isAfter(from) ? upgrade(from, to, now, window) : goBack(to, now);
    }

    private VersionPin upgrade(ApiVersion from, ApiVersion to, Instant now, Duration window) {
        List<Return> longer = new ArrayList<>(trail);
        longer.add(new Return(from, UtcMillis.of(now.plus(window))));
        return new VersionPin(Optional.of(to), Optional.of(now), longer);
    }

    private VersionPin goBack(ApiVersion to, Instant now) {
        for (int at = 0; at < trail.size(); at++) {
            Return back = trail.get(at);
            if (back.version().equals(to)) {
                if (now.isAfter(back.notAfter())) {
                    throw new KeyException(new KeyError.DowngradeWindowClosed(to, back.notAfter(), returnsAt(now)));
                }
                return new VersionPin(Optional.of(to), Optional.of(now), trail.subList(0, at));
            }
        }
        throw new KeyException(new KeyError.VersionNeverPinned(to, returnsAt(now)));
    }

    /** The versions that the key may return to at that time, oldest first. */
    public List<ApiVersion> returnsAt(Instant now) {
        return trail.stream()
                .filter(back -> !now.isAfter(back.notAfter()))
                .map(Return::version)
                .toList();
    }

    /** The last instant at which the newest version on the trail may be returned to, past or future; empty without a trail. */
    public Optional<Instant> downgradeNotAllowedAfter() {
        return trail.isEmpty()
                ? Optional.empty()
                : Optional.of(trail.get(trail.size() - 1).notAfter());
    }
}
