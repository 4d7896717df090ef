package dev.keywright.jdbi;

import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * After which id a new key of a company goes, as far as one store knows it: after all that were there when it looked and all that it
 * has added since. What others have added since, the database sees when the key is added, by the {@link #adder} of each row.
 * Remembers the companies that were worked with last. Thread-safe.
 */
final class AddedKeys {

    private static final int COMPANIES = 10_000;

    /**
     * @param looked whether the keys that were there before are taken into account
     */
    private record Newest(ApiKeyId id, boolean looked) {

        Newest orAfter(ApiKeyId other, boolean lookedNow) {
            return new Newest(id.compareTo(other) >= 0 ? id : other, looked || lookedNow);
        }
    }

    /** No two stores that are in use at the same time begin in the same nanosecond of the same process number. */
    private final long adder =
            System.nanoTime() * 0x1_0001 + ProcessHandle.current().pid();

    private final Map<CompanyId, Newest> newest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CompanyId, Newest> eldest) {
            return size() > COMPANIES;
        }
    };

    /** What rows have that this store adds; another store has another number. */
    long adder() {
        return adder;
    }

    /** The id after which the next one goes; empty if somebody has to look, and to tell what was {@link #found}. */
    synchronized Optional<ApiKeyId> newest(CompanyId company) {
        Newest known = newest.computeIfAbsent(company, unknown -> new Newest(ApiKeyId.OLDEST, false));
        return known.looked() ? Optional.of(known.id()) : Optional.empty();
    }

    /** The newest key that somebody found who began to look after he had asked here. */
    void found(CompanyId company, ApiKeyId id) {
        change(company, known -> known.orAfter(id, true));
    }

    /** This store is about to add a key. */
    void add(CompanyId company, ApiKeyId id) {
        change(company, known -> known.orAfter(id, false));
    }

    private synchronized void change(CompanyId company, UnaryOperator<Newest> change) {
        newest.computeIfPresent(company, (same, known) -> change.apply(known));
    }

    /** Others have added keys: somebody has to look again. */
    synchronized void forget(CompanyId company) {
        newest.remove(company);
    }
}
