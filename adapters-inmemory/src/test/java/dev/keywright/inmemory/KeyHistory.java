package dev.keywright.inmemory;

import dev.keywright.domain.Denial;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.domain.Verification;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened to one key, one change after the other, and who may have seen what of it. All times are of one clock, in
 * nanoseconds.
 *
 * <p>A verification may see the state after a change if it ends when the change has begun, or later. It may see an older one
 * until the change was acknowledged; on another node than that of the change for the bound longer. It must give the verdict
 * of one of the states that it may see.
 */
final class KeyHistory {

    /** A caller's address and the scopes that its call needs. */
    enum Request {
        FROM_NOWHERE(Optional.empty(), Scopes.none()),
        FROM_HOME(Optional.of(IpAddress.parse("192.0.2.7")), Scopes.none()),
        FROM_AWAY(Optional.of(IpAddress.parse("198.51.100.1")), Scopes.none()),
        FOR_ORDERS(Optional.of(IpAddress.parse("192.0.2.7")), Scopes.of(new Scope("orders:read")));

        final Optional<IpAddress> client;
        final Scopes required;

        Request(Optional<IpAddress> client, Scopes required) {
            this.client = client;
            this.required = required;
        }
    }

    /** How a verdict is wrong. */
    enum Fault {
        /** It was granted by a state that must not be seen any more. */
        GRANTED_TOO_LATE,
        /** It was refused, though every state that may be seen grants it. */
        REFUSED_FALSELY,
        /** It was refused for a reason that no state has which may be seen. */
        REFUSED_FOR_ANOTHER_REASON
    }

    /**
     * @param node where the change was made
     * @param ended when that was acknowledged, or when its outcome was said to be unknown
     */
    private record Change(int node, long begun, long ended, Map<Request, Optional<Denial>> verdicts) {}

    /**
     * A verification.
     *
     * @param verdict why it was refused; empty if it was granted
     */
    record Seen(int node, long begun, long ended, Request request, Optional<Denial> verdict) {}

    /** What everybody is told of a key that there is not. */
    private static final Map<Request, Optional<Denial>> NOT_FOUND = new EnumMap<>(Request.class);

    static {
        for (Request request : Request.values()) {
            NOT_FOUND.put(request, Optional.of(Denial.NOT_FOUND));
        }
    }

    private final long bound;
    private final List<Change> changes = new ArrayList<>();

    /**
     * @param bound how long another node may see an old state
     */
    KeyHistory(Duration bound) {
        this.bound = bound.toNanos();
    }

    /** Adds a change that came after all others. */
    void add(int node, long begun, long ended, VerifiableKey after) {
        Map<Request, Optional<Denial>> verdicts = new EnumMap<>(Request.class);
        for (Request request : Request.values()) {
            verdicts.put(
                    request, reason(after.judge(InstantSource.fixed(Instant.EPOCH), request.client, request.required)));
        }
        changes.add(new Change(node, begun, ended, verdicts));
    }

    static Optional<Denial> reason(Verification verdict) {
        return verdict instanceof Verification.Denied denied ? Optional.of(denied.reason()) : Optional.empty();
    }

    /** How many changes there were. */
    int size() {
        return changes.size();
    }

    /** What is wrong with a verdict; empty if nothing. */
    Optional<Fault> fault(Seen seen) {
        boolean mayBeRefused = false;
        for (int state = changes.size(); state >= 0; state--) {
            if (state == 0 || seen.ended() - changes.get(state - 1).begun() >= 0) {
                Optional<Denial> verdict = verdicts(state).get(seen.request());
                if (verdict.equals(seen.verdict())) {
                    return Optional.empty();
                }
                mayBeRefused |= verdict.isPresent();
            }
            if (state > 0 && mustSee(changes.get(state - 1), seen)) {
                break;
            }
        }
        if (seen.verdict().isEmpty()) {
            return Optional.of(Fault.GRANTED_TOO_LATE);
        }
        return Optional.of(mayBeRefused ? Fault.REFUSED_FOR_ANOTHER_REASON : Fault.REFUSED_FALSELY);
    }

    /** By state: 0 is before the first change, 1 after it. */
    private Map<Request, Optional<Denial>> verdicts(int state) {
        return state == 0 ? NOT_FOUND : changes.get(state - 1).verdicts();
    }

    private boolean mustSee(Change change, Seen seen) {
        long since = seen.begun() - change.ended();
        return seen.node() == change.node() ? since > 0 : since >= bound;
    }
}
