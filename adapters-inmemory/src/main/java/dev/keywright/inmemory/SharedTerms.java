package dev.keywright.inmemory;

import dev.keywright.domain.KeyTerms;
import dev.keywright.domain.VerifiableKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Has equal terms of keys, and equal parts of them, kept once. It is emptied when it is full: then later keys share among
 * themselves. Thread-safe.
 */
final class SharedTerms {

    private static final int MOST = 10_000;

    private final Map<Object, Object> values = new ConcurrentHashMap<>();

    /** The same key with shared terms. */
    VerifiableKey in(VerifiableKey key) {
        if (values.size() > MOST) {
            values.clear();
        }
        return key.sharingTerms(this::shared);
    }

    private KeyTerms shared(KeyTerms terms) {
        KeyTerms known = (KeyTerms) values.get(terms);
        return known != null
                ? known
                : once(new KeyTerms(
                        once(terms.company()),
                        once(terms.prefix()),
                        once(terms.digestScheme()),
                        once(terms.apiVersion()),
                        once(terms.scopes()),
                        once(terms.allowList()),
                        terms.enabled(),
                        terms.deleted()));
    }

    /** The value that equals this one and is kept. Equal values have one class. */
    @SuppressWarnings("unchecked")
    private <T> T once(T value) {
        Object kept = values.putIfAbsent(value, value);
        return kept == null ? value : (T) kept;
    }
}
