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
 * never within ten seconds of the end of the last try, whatever tokens strangers send, and by one caller at a time: the others
 * go on with the keys that are known. While the issuer is away, keys already fetched
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
        Fetched known = fetched;
        if (known == null || isOlder(known, FRESH, clock.instant())) {
            refresh(known);
        }
        List<JWK> selected = selector.select(usable());
        if (!selected.isEmpty()) {
            return selected;
        }
        boolean newest = refresh(fetched);
        selected = selector.select(usable());
        if (selected.isEmpty() && !newest) {
            throw new KeySourceException("the issuer may have a new key, and it is away or still being asked");
        }
        return selected;
    }

    private JWKSet usable() throws KeySourceException {
        Fetched known = fetched;
        if (known == null || isOlder(known, FRESH.plus(STALE), clock.instant())) {
            throw new KeySourceException("the issuer is away or still being asked, and its keys are not known");
        }
        return known.keys();
    }

    /**
     * Fetches, unless somebody else is at it, just did or just tried. Nobody waits for another's fetch, so that an issuer
     * that does not answer holds one caller and no more.
     *
     * @return whether the keys are as new as can be: false while somebody else fetches, and after a failure
     */
    private boolean refresh(@Nullable Fetched seen) {
        if (!fetching.tryLock()) {
            return false;
        }
        try {
            if (fetched == seen && !triedJustNow()) {
                fetch();
            }
            return !failed;
        } finally {
            fetching.unlock();
        }
    }

    /** Whether the pause after the end of the last fetch still lasts. */
    private boolean triedJustNow() {
        Instant last = tried;
        Instant now = clock.instant();
        return last != null && now.isBefore(last.plus(PAUSE)) && !now.isBefore(last);
    }

    private void fetch() {
        Instant begun = clock.instant();
        try {
            fetched = new Fetched(fetcher.fetch(), begun);
            failed = false;
        } catch (IOException e) {
            failed = true;
        } finally {
            tried = clock.instant();
        }
    }

    /** A clock that stepped back makes nothing fresh again. */
    private static boolean isOlder(Fetched known, Duration age, Instant now) {
        return now.isAfter(known.at().plus(age)) || now.isBefore(known.at());
    }
}
