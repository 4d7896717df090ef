package dev.keywright.benchmarks.verify;

import dev.keywright.application.KeyUses;
import dev.keywright.application.KeyVerification;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.domain.Verification;
import dev.keywright.inmemory.InMemoryKeyStore;
import dev.keywright.inmemory.NearCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys that are all in the near cache, those who verify them, and what is presented. */
final class CachedKeys {
    /** Longer than any run: what is measured is finding, not forgetting. */
    private static final Duration A_LONG_TIME = Duration.ofHours(12);

    private static final int BETWEEN_FLUSHES = 50_000;

    final Optional<IpAddress> client = Optional.of(Population.CLIENT);
    final Scopes required = Population.REQUIRED;
    /** In random order. */
    final String[] presented;

    final KeyVerification verification;

    private CachedKeys(String[] presented, KeyVerification verification) {
        this.presented = presented;
        this.verification = verification;
    }

    /** Verified without a note of their use. */
    static CachedKeys of(int count, boolean addressLists) {
        List<String> texts = new ArrayList<>(count);
        KeyStore cache = cache(count, addressLists, texts);
        KeyVerification verification = new KeyVerification(cache, InstantSource.system(), SecretDigester.sha256());
        CachedKeys keys = new CachedKeys(Population.shuffled(texts), verification);
        // In the order of their creation: where a key lies in memory has nothing to do with when its turn comes.
        texts.forEach(keys::requireGranted);
        return keys;
    }

    /** Verified with a note of their use, which was taken for each of them already. No store need know the keys for that. */
    static CachedKeys withUsesNoted(int count) {
        List<String> texts = new ArrayList<>(count);
        KeyStore cache = cache(count, false, texts);
        KeyUses uses = KeyUses.notedIn(new InMemoryKeyStore(), InstantSource.system(), A_LONG_TIME, count);
        KeyVerification verification =
                new KeyVerification(cache, InstantSource.system(), SecretDigester.sha256(), uses);
        CachedKeys keys = new CachedKeys(Population.shuffled(texts), verification);
        for (int at = 0; at < count; at++) {
            keys.requireGranted(texts.get(at));
            if (at % BETWEEN_FLUSHES == 0) {
                uses.flush();
            }
        }
        uses.flush();
        return keys;
    }

    private static KeyStore cache(int count, boolean addressLists, List<String> texts) {
        Map<KeyReference, VerifiableKey> known = new HashMap<>();
        for (Population.Made made : Population.known().make(count, addressLists)) {
            VerifiableKey key = VerifiableKey.of(made.change().after());
            known.put(key.reference(), key);
            texts.add(made.presented());
        }
        // Each key leaves the store as it enters the cache: nothing but the cache is left to find it.
        PreparedStore store = new PreparedStore(reference -> Optional.ofNullable(known.remove(reference)));
        return new NearCache(store, 2 * count, A_LONG_TIME, System::nanoTime);
    }

    Verification verify(String text) {
        return verification.verify(text, client, required);
    }

    void requireGranted(String text) {
        if (!verify(text).isGranted()) {
            throw new IllegalStateException("a good key was denied");
        }
    }
}
