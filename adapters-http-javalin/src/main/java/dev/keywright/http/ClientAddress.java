package dev.keywright.http;

import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.IpRange;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * Finds out where a request comes from: the socket's peer, or, where that is a trusted proxy, the right-most hop of
 * {@code X-Forwarded-For} that is none. What cannot be told for sure is not guessed: it is empty, and an empty address is
 * kept out by every key that is bound to addresses.
 */
final class ClientAddress {
    private final List<IpRange> trustedProxies;

    ClientAddress(List<IpRange> trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    Optional<IpAddress> of(Context ctx) {
        Optional<IpAddress> peer = peer(ctx);
        return trustedProxies.isEmpty()
                ? peer
                : of(peer, Headers.all(ctx, "X-Forwarded-For"), Headers.has(ctx, "Forwarded"));
    }

    /** The other end of the socket, whoever that is. */
    static Optional<IpAddress> peer(Context ctx) {
        String text = ctx.req().getRemoteAddr();
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        return parse(
                address.startsWith("[") && address.endsWith("]")
                        ? address.substring(1, address.length() - 1)
                        : address);
    }

    /**
     * The client's address.
     *
     * @param forwardedFor the values of {@code X-Forwarded-For}, in the order of the headers
     * @param forwarded whether there is a {@code Forwarded} header, which is not understood: which of the two the proxy
     *     wrote, and which it let pass, cannot be known
     */
    Optional<IpAddress> of(Optional<IpAddress> peer, List<String> forwardedFor, boolean forwarded) {
        if (peer.isEmpty() || !isTrusted(peer.get())) {
            return peer;
        }
        if (forwarded) {
            return Optional.empty();
        }
        if (forwardedFor.isEmpty()) {
            return peer;
        }
        String[] hops = String.join(",", forwardedFor).split(",", -1);
        Optional<IpAddress> hop = Optional.empty();
        for (int at = hops.length - 1; at >= 0; at--) {
            hop = parse(blanksOff(hops[at]));
            if (hop.isEmpty() || !isTrusted(hop.get())) {
                return hop;
            }
        }
        return hop;
    }

    private boolean isTrusted(IpAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    private static Optional<IpAddress> parse(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** Without the blanks and tabs that a list in a header may have around its elements, and no others. */
    private static String blanksOff(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
