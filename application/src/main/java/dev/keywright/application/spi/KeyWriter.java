package dev.keywright.application.spi;

import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Changes to the keys, lent for one unit of work; it reads its own changes. */
public interface KeyWriter extends KeyReader {

    /**
     * An id after which a new key of the company goes: the one of its newest key, or a greater one that this store has added or
     * was about to add. A store may answer from memory and be behind what others have added. Then it has to notice: a key that is not
     * newer than all that were there when the unit of work began is not kept, {@link #insert} is a conflict, and the next unit of work
     * is told a newer id. A store that does not remember ids has nothing to do here: it asks for the {@link #newest}.
     *
     * @return empty if there is none to go after
     */
    default Optional<ApiKeyId> newestKnown(CompanyId company) {
        return newest(company);
    }

    /**
     * Adds a new key and its event. No use of it is noted yet, whatever its state says.
     *
     * @throws WriteConflict if its id or its reference is taken, in whichever company, or if what {@link #newestKnown} said was
     *     not true any more; a store may also put this off to a later call or to the end of the unit of work
     */
    void insert(KeyChange created, Actor by);

    /**
     * Puts a key's new state in place of the one before, and adds its event. What is noted of its use stays as it is.
     *
     * @throws WriteConflict if the stored revision is not the one right before the new state's, or there is no such key
     */
    void replace(KeyChange change, Actor by);

    /**
     * Remembers which key a create made, for a caller who sends the same token again. A create already remembered under
     * this token and older than {@code forgottenBefore} is forgotten, as others of the company may be.
     *
     * @throws WriteConflict if the token stands for a create that is not so old
     */
    void remember(CompanyId company, IdempotencyToken token, RecordedCreate create, Instant forgottenBefore);

    /**
     * Notes when keys were used last, where the use is later than the one that is noted already. It is no change of a key:
     * no revision, no event. Keys that do not exist are passed over. A later {@link #replace} keeps the note, whatever its
     * state says.
     *
     * @param uses in any order, of a key also several
     * @throws WriteConflict if another unit of work holds one of the keys for too long; those who only note uses never wait
     *     for each other in a circle
     */
    void noteUses(Collection<NotedUse> uses);
}
