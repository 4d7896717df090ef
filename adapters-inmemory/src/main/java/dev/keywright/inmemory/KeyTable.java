package dev.keywright.inmemory;

import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of what is known about references: the key, or the reference alone where there is no key. An entry costs four
 * to twelve bytes beside itself. Any number of threads look up without a lock, one at a time may change.
 *
 * <p>References are random, so their bits are their hash; entries that fall on one slot stand in the next ones.
 */
final class KeyTable {

    private static final int FIRST_SLOTS = 16;
    /** Stands where an entry was taken out, so that those behind it are still found. */
    private static final Object GONE = new Object();

    private volatile AtomicReferenceArray<@Nullable Object> slots = new AtomicReferenceArray<>(FIRST_SLOTS);
    private int entries;
    private int taken;

    /** The entry of the reference: a {@link VerifiableKey} or the {@link KeyReference} itself; null if there is none. */
    @Nullable
    Object find(KeyReference reference) {
        AtomicReferenceArray<@Nullable Object> table = slots;
        int mask = table.length() - 1;
        for (int at = (int) reference.low() & mask; ; at = at + 1 & mask) {
            Object entry = table.get(at);
            if (entry == null || isOf(entry, reference)) {
                return entry;
            }
        }
    }

    private static boolean isOf(Object entry, KeyReference reference) {
        return entry instanceof VerifiableKey key ? key.hasReference(reference) : entry.equals(reference);
    }

    /** Puts the entry of a reference in, in place of one that it has. */
    void put(KeyReference reference, Object entry) {
        if (taken + 1 > slots.length() / 3 * 2) {
            rebuild();
        }
        int at = slot(slots, reference);
        if (slots.get(at) == null) {
            entries++;
            taken++;
        }
        slots.set(at, entry);
    }

    /** Takes the entry of a reference out; from now on nobody finds it. */
    void remove(KeyReference reference) {
        int at = slot(slots, reference);
        if (slots.get(at) != null) {
            slots.set(at, GONE);
            entries--;
        }
    }

    /** Where the entry of the reference is, or could be put. */
    private static int slot(AtomicReferenceArray<@Nullable Object> table, KeyReference reference) {
        int mask = table.length() - 1;
        int at = (int) reference.low() & mask;
        for (Object entry = table.get(at); entry != null && !isOf(entry, reference); entry = table.get(at)) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** Makes room: more slots, or fewer that stand for what is gone. */
    private void rebuild() {
        AtomicReferenceArray<@Nullable Object> before = slots;
        int length = FIRST_SLOTS;
        while (entries + 1 > length / 2) {
            length *= 2;
        }
        AtomicReferenceArray<@Nullable Object> after = new AtomicReferenceArray<>(length);
        for (int at = 0; at < before.length(); at++) {
            Object entry = before.get(at);
            if (entry != null && entry != GONE) {
                after.setPlain(slot(after, referenceOf(entry)), entry);
            }
        }
        taken = entries;
        slots = after;
    }

    private static KeyReference referenceOf(Object entry) {
        return entry instanceof VerifiableKey key ? key.reference() : (KeyReference) entry;
    }

    /** How many entries it has. */
    int size() {
        return entries;
    }
}
