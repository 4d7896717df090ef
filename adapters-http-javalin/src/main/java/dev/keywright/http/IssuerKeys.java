package dev.keywright.http;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's public keys, fetched when the first token comes and kept.
 *
 * <p>They are fetched again when they are a quarter of an hour old, and when a token names a key that is not among them, but
 * never more often than every ten seconds, whatever tokens strangers send. While the issuer is away, keys already fetched
 * serve for four hours more; after that, and before the first fetch, nothing can be said about any token.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {
    static final Duration FRESH = Duration.ofMinutes(15);
    static final Duration STALE = Duration.ofHours(4);
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** Where keys come from. */
    interface Fetcher {
        JWKSet fetch() throws IOException;
    }

    private record Fetched(JWKSet keys, Instant at) {}

    private final Fetcher fetcher;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Fetched fetched;
    private volatile @Nullable Instant tried;
    private volatile boolean failed;

    IssuerKeys(Fetcher fetcher, InstantSource clock) {
        this.fetcher = fetcher;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        Instant now = clock.instant();
        Fetched known = fetched;
        if (known == null || isOlder(known, FRESH, now)) {
            refresh(known, now);
        }
        List<JWK> selected = selector.select(usable(now));
        if (!selected.isEmpty()) {
            return selected;
        }
        refresh(fetched, now);
        selected = selector.select(usable(now));
        if (selected.isEmpty() && failed) {
            throw new KeySourceException("the issuer may have a new key, and it is away");
        }
        return selected;
    }

    private JWKSet usable(Instant now) throws KeySourceException {
        Fetched known = fetched;
        if (known == null || isOlder(known, FRESH.plus(STALE), now)) {
            throw new KeySourceException("the issuer is away, and its keys are not known");
        }
        return known.keys();
    }

    /** Fetches, unless somebody else just did or tried. */
    private void refresh(@Nullable Fetched seen, Instant now) {
        fetching.lock();
        try {
            Instant last = tried;
            boolean tooSoon = last != null && now.isBefore(last.plus(PAUSE)) && !now.isBefore(last);
            if (fetched == seen && !tooSoon) {
                tried = now;
                fetched = new Fetched(fetcher.fetch(), now);
                failed = false;
            }
        } catch (IOException e) {
            failed = true;
        } finally {
            fetching.unlock();
        }
    }

    /** A clock that stepped back makes nothing fresh again. */
    private static boolean isOlder(Fetched known, Duration age, Instant now) {
        return now.isAfter(known.at().plus(age)) || now.isBefore(known.at());
    }
}
