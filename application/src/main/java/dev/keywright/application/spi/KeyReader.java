package dev.keywright.application.spi;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import java.util.List;
import java.util.Optional;

/** A snapshot of the keys, lent for one unit of work. It never crosses companies. */
public interface KeyReader {

    /**
     * The company's key with this id, deleted ones included. Inside a write the key is held: nobody else changes it before
     * this unit of work ends.
     */
    Optional<ApiKey> find(CompanyId company, ApiKeyId id);

    /**
     * Keys older than a position, newest first.
     *
     * @param before the position, exclusive; a key with this id need not exist
     * @param skip how many of them to leave out first; 0 or more
     * @param limit the most to return; 1 or more
     */
    List<ApiKey> older(CompanyId company, KeyStatus status, ApiKeyId before, long skip, int limit);

    /**
     * Keys newer than a position, nearest to it first: the oldest of them comes first.
     *
     * @param after the position, exclusive; a key with this id need not exist
     * @param limit the most to return; 1 or more
     */
    List<ApiKey> newer(CompanyId company, KeyStatus status, ApiKeyId after, int limit);

    /** How many keys of the company have this status. */
    long count(CompanyId company, KeyStatus status);

    /** The greatest id of the company's keys, whatever their status. */
    Optional<ApiKeyId> newest(CompanyId company);

    /** What happened to a key, oldest first; empty if the company has no such key. */
    List<RecordedEvent> events(CompanyId company, ApiKeyId id);

    /** The create that this token stands for, if it is still remembered. */
    Optional<RecordedCreate> findCreate(CompanyId company, IdempotencyToken token);

    /** Whether there is no key at all, of any company. */
    boolean isEmpty();
}
