package dev.keywright.jdbi;

import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * After which id a new key of a company goes, as far as one store knows it: after all that were there when it looked and all that it
 * has added since. What others have added since, the database sees when the key is added, by the number of the adder in each row.
 * Remembers the companies that were worked with last; what it has forgotten of one, it knows again as something that others have
 * added. Thread-safe.
 */
final class AddedKeys {

    static final int COMPANIES = 10_000;

    /**
     * @param looked whether the keys that were there before are taken into account
     * @param adder what rows have of which this knows, and no others
     */
    private record Newest(ApiKeyId id, boolean looked, long adder) {

        Newest orAfter(ApiKeyId other, boolean lookedNow) {
            return new Newest(id.compareTo(other) >= 0 ? id : other, looked || lookedNow, adder);
        }
    }

    private final boolean alone;
    /** No two stores that are in use at the same time begin in the same nanosecond of the same process number. */
    private long nextAdder =
            System.nanoTime() * 0x1_0001 + ProcessHandle.current().pid();

    private final Map<CompanyId, Newest> newest = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CompanyId, Newest> eldest) {
            return size() > COMPANIES;
        }
    };

    /**
     * @param alone whether nobody else adds keys to this database
     */
    AddedKeys(boolean alone) {
        this.alone = alone;
    }

    /** Whether what this knows of a company is all that there is, so that nobody has to hold it against what is there. */
    boolean isAlone() {
        return alone;
    }

    /** The id after which the next one goes; empty if somebody has to look, and to tell what was {@link #found}. */
    synchronized Optional<ApiKeyId> newest(CompanyId company) {
        Newest known = change(company, same -> same);
        return known.looked() ? Optional.of(known.id()) : Optional.empty();
    }

    /** The newest key that somebody found who began to look after he had asked here. */
    void found(CompanyId company, ApiKeyId id) {
        change(company, known -> known.orAfter(id, true));
    }

    /** This store is about to add a key, in a row that has the number which this returns. */
    long add(CompanyId company, ApiKeyId id) {
        return change(company, known -> known.orAfter(id, false)).adder();
    }

    private synchronized Newest change(CompanyId company, UnaryOperator<Newest> change) {
        Newest known = newest.get(company);
        Newest changed = change.apply(known == null ? new Newest(ApiKeyId.OLDEST, false, nextAdder++) : known);
        newest.put(company, changed);
        return changed;
    }

    /** Others have added keys: somebody has to look again. What this store is adding, nobody might find. */
    void lookAgain(CompanyId company) {
        change(company, known -> new Newest(known.id(), false, known.adder()));
    }
}
