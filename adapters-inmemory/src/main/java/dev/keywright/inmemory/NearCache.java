package dev.keywright.inmemory;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.ChangedKey;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Keeps in memory what verification looks up, in front of any store. It holds digests and rules, never a secret.
 *
 * <p>Promises:
 *
 * <ul>
 *   <li>What was changed through this very object is seen by every look-up that begins after the change was acknowledged.
 *   <li>What was changed elsewhere is seen by every look-up that begins {@code maxAge} after it was acknowledged, or later;
 *       of a cache that is {@linkplain #listening listening}, once it was told, and {@code bound} after the
 *       acknowledgement whether it was told or not.
 *   <li>It keeps at most {@code maxEntries} keys: about 140 bytes each, those of the user's id beyond the twelfth, and
 *       company, scopes, address list and version once for all keys that have them in common. The oldest half goes first.
 *   <li>However many ask for a key at once, the store is asked once. Those who ask for different keys while the store is
 *       busy share a question.
 *   <li>References that no key has are remembered apart, a few thousand of them, so they crowd out nothing. Questions that found
 *       no key at all are put to the store at most a hundred times a second, after a hundred that are free: whoever makes up
 *       references waits for the next one with many others. A good key that is not in memory waits with them: a hundredth of a
 *       second more, and as much again for every five hundred references that wait before it.
 *   <li>A look-up that finds the key in memory takes no lock and writes to nothing that threads share.
 * </ul>
 *
 * <p>All else goes to the store as it is: lists, changes, events. Thread-safe.
 */
public final class NearCache implements KeyStore, ChangeListener {

    /** For ever, in nanoseconds that can be counted. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** How long a key is kept at least that nobody has changed; so those that nobody uses any more go in the end. */
    private static final Duration UNCHANGED = Duration.ofMinutes(10);

    private static final int MOST_OWN = 4_096;

    private final KeyStore store;
    private final LongSupplier nanos;
    /** Held by whoever changes what is known, or which questions are open. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Remembered remembered;
    private final Questions questions;
    private final SharedTerms terms = new SharedTerms();
    private final Set<Thread> writing = ConcurrentHashMap.newKeySet();
    /** Changes made through this object: it has forgotten them, and need not again when it is told of them. */
    private final Set<ChangedKey> own = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChangedKey, Boolean> eldest) {
            return size() > MOST_OWN;
        }
    }));

    /**
     * @param store what is asked for all that is not known
     * @param maxEntries how many keys are kept at most; 2 or more
     * @param maxAge how long a look-up may miss what was changed elsewhere; positive. Where nobody else changes the data, it
     *     only bounds how long keys are kept, and may be as long as you like
     * @param nanos a clock that never runs backwards, in nanoseconds, such as {@code System::nanoTime}. It goes on while a
     *     process is stopped; while the whole machine is suspended it may stand still, and then that time does not count
     */
    public NearCache(KeyStore store, int maxEntries, Duration maxAge, LongSupplier nanos) {
        this(store, maxEntries, maxAge, maxAge, LONGEST, nanos);
    }

    private NearCache(
            KeyStore store,
            int maxEntries,
            Duration maxAge,
            Duration questionsAge,
            Duration silence,
            LongSupplier nanos) {
        if (maxEntries < 2 || questionsAge.isNegative() || questionsAge.isZero()) {
            throw new IllegalArgumentException("a cache keeps at least two keys, and for some time");
        }
        long now = nanos.getAsLong();
        this.store = store;
        this.nanos = nanos;
        this.remembered = new Remembered(maxEntries, shorter(maxAge, LONGEST), shorter(silence, LONGEST), now);
        this.questions = new Questions(this::ask, remembered, lock, shorter(questionsAge, LONGEST), nanos);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * A cache that is told what changes elsewhere: it keeps keys for ten minutes and longer, and forgets those that it is told
     * of. It answers from memory only while it is being told: a look-up that begins {@code bound} or more after the moment up to
     * which all changes were told asks the store. Nothing is answered from memory before the first {@link #told}.
     *
     * @param store what is asked for all that is not known; it must not answer with what was told to be over
     * @param maxEntries how many keys are kept at most; 2 or more
     * @param bound how long a look-up may miss what was changed elsewhere; positive
     * @param nanos the clock of {@link #told}: in production {@code System::nanoTime}
     */
    public static NearCache listening(KeyStore store, int maxEntries, Duration bound, LongSupplier nanos) {
        Duration kept = bound.compareTo(UNCHANGED) > 0 ? bound : UNCHANGED;
        NearCache cache = new NearCache(store, maxEntries, kept, bound, bound, nanos);
        cache.remembered.toldNothingYet();
        return cache;
    }

    @Override
    public Optional<VerifiableKey> lookUp(KeyReference reference) {
        requireOutsideWrite();
        Object known = remembered.find(reference, nanos.getAsLong());
        return known == null ? questions.answer(reference) : Remembered.answer(known);
    }

    /** Goes to the store as it is: who looks many up at once is another cache. */
    @Override
    public List<VerifiableKey> lookUp(Set<KeyReference> references) {
        requireOutsideWrite();
        return store.lookUp(references);
    }

    private List<VerifiableKey> ask(Set<KeyReference> references) {
        return references.size() == 1
                ? store.lookUp(references.iterator().next()).stream()
                        .map(terms::in)
                        .toList()
                : store.lookUp(references).stream().map(terms::in).toList();
    }

    @Override
    public <R> R read(Function<? super KeyReader, ? extends R> work) {
        requireOutsideWrite();
        return store.read(work);
    }

    /** Forgets what the work touched, whatever came of it, before its outcome is told. */
    @Override
    public <R> R write(Function<? super KeyWriter, ? extends R> work) {
        requireOutsideWrite();
        Set<KeyReference> touched = new HashSet<>();
        Set<ChangedKey> changed = new HashSet<>();
        writing.add(Thread.currentThread());
        try {
            R result = store.<R>write(keys -> work.apply(new WatchedWriter(keys, touched, changed)));
            own.addAll(changed);
            return result;
        } finally {
            writing.remove(Thread.currentThread());
            forget(touched);
        }
    }

    private void requireOutsideWrite() {
        if (!writing.isEmpty() && writing.contains(Thread.currentThread())) {
            throw new IllegalStateException("a unit of work inside a write would not be part of it");
        }
    }

    private void forget(Set<KeyReference> references) {
        lock.lock();
        try {
            for (KeyReference reference : references) {
                questions.disown(reference);
                remembered.forget(reference);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void told(Collection<ChangedKey> changes, long asOf) {
        Set<KeyReference> references = new HashSet<>();
        for (ChangedKey change : changes) {
            if (!own.remove(change)) {
                references.add(change.reference());
            }
        }
        forget(references);
        remembered.toldAsOf(asOf);
    }

    @Override
    public void lost() {
        lock.lock();
        try {
            questions.disownAll();
            remembered.forgetAll(nanos.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /** How many keys it keeps at the moment. */
    public int size() {
        lock.lock();
        try {
            return remembered.size();
        } finally {
            lock.unlock();
        }
    }
}
