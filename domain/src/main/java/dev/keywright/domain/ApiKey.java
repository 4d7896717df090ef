package dev.keywright.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A key: an id, an owner and rules. It outlives its secret.
 *
 * <p>Its life: it is created active, changes while it lives, may be switched off and on again, and is deleted once; a
 * deleted key never changes again. Every decision takes the time and returns the new state with the event that tells why,
 * or nothing where there is nothing to change. Time never runs backwards for a key: a decision counts as made at the later
 * of the time given, cut to whole milliseconds, and the last change.
 *
 * @param id its name for life
 * @param company the tenant it belongs to
 * @param user its owner there
 * @param credential what is known of its secret
 * @param allowList from where it may be used
 * @param description what it is for
 * @param scopes what it may do
 * @param pin the API version it is tied to
 * @param expiry when it ends by itself
 * @param enabled false while it is switched off
 * @param updatedAt the last change, not before {@link #createdAt()}
 * @param deletedAt when it was deleted
 * @param revision 1 at creation, one more at each change
 * @param lastUse its last noted use, which may be a while behind; no change of the key
 */
public record ApiKey(
        ApiKeyId id,
        CompanyId company,
        UserId user,
        KeyCredential credential,
        IpAllowList allowList,
        Optional<Description> description,
        Scopes scopes,
        VersionPin pin,
        Expiry expiry,
        boolean enabled,
        Instant updatedAt,
        Optional<Instant> deletedAt,
        long revision,
        Optional<KeyUse> lastUse) {

    public ApiKey {
        if (revision < 1 || updatedAt.isBefore(id.createdAt())) {
            throw new IllegalArgumentException("a key starts at revision 1 and changes after its creation");
        }
    }

    /**
     * A new key, created at the time that its id carries.
     *
     * @throws KeyException if its expiry is not in the future
     */
    public static KeyChange create(ApiKeyId id, CompanyId company, KeyDraft draft, KeyCredential credential) {
        Instant at = id.createdAt();
        requireFuture(draft.expiry(), at);
        ApiKey created = new ApiKey(
                id,
                company,
                draft.user(),
                credential,
                draft.allowList(),
                draft.description(),
                draft.scopes(),
                VersionPin.unpinned(),
                draft.expiry(),
                true,
                at,
                Optional.empty(),
                1,
                Optional.empty());
        return new KeyChange(created, new KeyEvent(KeyAction.CREATED, Set.of(), at));
    }

    private static void requireFuture(Expiry expiry, Instant now) {
        if (expiry.hasPassed(now)) {
            throw new KeyException(new KeyError.ExpiryNotInFuture(expiry.at().orElseThrow()));
        }
    }

    /** When it was created, to the millisecond. */
    public Instant createdAt() {
        return id.createdAt();
    }

    /** Active, or switched off or deleted. */
    public KeyStatus status() {
        return enabled && deletedAt.isEmpty() ? KeyStatus.ACTIVE : KeyStatus.INACTIVE;
    }

    /** What is ever shown of its secret again. */
    public String redacted() {
        return credential.redacted();
    }

    /** The same key with that use noted: no change, so no new revision. */
    public ApiKey withLastUse(Optional<KeyUse> noted) {
        return new ApiKey(
                id,
                company,
                user,
                credential,
                allowList,
                description,
                scopes,
                pin,
                expiry,
                enabled,
                updatedAt,
                deletedAt,
                revision,
                noted);
    }

    /**
     * Changes what is asked for, all or nothing.
     *
     * @param window how long after an upgrade the pin may go back
     * @return empty if the key is that way already
     * @throws KeyException if the key is deleted or one of the changes may not happen now
     */
    public Optional<KeyChange> update(KeyUpdate update, Instant now, Duration window) {
        requireAlive();
        Instant at = timeOfChange(now);
        Optional<Description> newDescription = update.description().orElse(description);
        IpAllowList newAllowList = update.allowList().orElse(allowList);
        Scopes newScopes = update.scopes().orElse(scopes);
        Expiry newExpiry = update.expiry().orElse(expiry);
        if (!newExpiry.equals(expiry)) {
            requireFuture(newExpiry, at);
        }
        VersionPin newPin =
                update.apiVersion().map(to -> pin.move(to, at, window)).orElse(pin);

        Set<KeyField> changed = EnumSet.noneOf(KeyField.class);
        note(changed, KeyField.API_VERSION, pin, newPin);
        note(changed, KeyField.DESCRIPTION, description, newDescription);
        note(changed, KeyField.ALLOW_LIST, allowList, newAllowList);
        note(changed, KeyField.SCOPES, scopes, newScopes);
        note(changed, KeyField.EXPIRY, expiry, newExpiry);
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        ApiKey after = new ApiKey(
                id,
                company,
                user,
                credential,
                newAllowList,
                newDescription,
                newScopes,
                newPin,
                newExpiry,
                enabled,
                at,
                deletedAt,
                revision + 1,
                lastUse);
        return Optional.of(new KeyChange(after, new KeyEvent(KeyAction.UPDATED, changed, at)));
    }

    private static void note(Set<KeyField> changed, KeyField field, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            changed.add(field);
        }
    }

    /**
     * Switches the key off; {@link #activate} switches it on again.
     *
     * @return empty if it is off already
     * @throws KeyException if it is deleted
     */
    public Optional<KeyChange> deactivate(Instant now) {
        return switchTo(false, KeyAction.DEACTIVATED, now);
    }

    /**
     * Switches the key on again.
     *
     * @return empty if it is on already
     * @throws KeyException if it is deleted
     */
    public Optional<KeyChange> activate(Instant now) {
        return switchTo(true, KeyAction.ACTIVATED, now);
    }

    private Optional<KeyChange> switchTo(boolean on, KeyAction action, Instant now) {
        requireAlive();
        return enabled == on
                ? Optional.empty()
                : Optional.of(switched(on, Optional.empty(), action, timeOfChange(now)));
    }

    /**
     * Deletes the key for good. Its row stays, so that it can be looked at.
     *
     * @return empty if it is deleted already: the first deletion counts
     */
    public Optional<KeyChange> delete(Instant now) {
        if (deletedAt.isPresent()) {
            return Optional.empty();
        }
        Instant at = timeOfChange(now);
        return Optional.of(switched(enabled, Optional.of(at), KeyAction.DELETED, at));
    }

    private KeyChange switched(boolean on, Optional<Instant> deleted, KeyAction action, Instant at) {
        ApiKey after = new ApiKey(
                id,
                company,
                user,
                credential,
                allowList,
                description,
                scopes,
                pin,
                expiry,
                on,
                at,
                deleted,
                revision + 1,
                lastUse);
        return new KeyChange(after, new KeyEvent(action, Set.of(), at));
    }

    private void requireAlive() {
        deletedAt.ifPresent(at -> {
            throw new KeyException(new KeyError.KeyDeleted(at));
        });
    }

    private Instant timeOfChange(Instant now) {
        Instant at = UtcMillis.of(now);
        return at.isBefore(updatedAt) ? updatedAt : at;
    }
}
