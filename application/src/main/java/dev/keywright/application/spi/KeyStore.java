package dev.keywright.application.spi;

import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where keys are kept. A deployment supplies one; the contracts in {@code keywright-testkit} say what it must keep to.
 *
 * <p>The unit of work is handed over: what happens inside one call is one transaction, and there is no other.
 *
 * <ul>
 *   <li>Work that fails keeps nothing, and its exception reaches the caller as it is.
 *   <li>The result of a write is returned only after a durable commit; a commit that fails is thrown.
 *   <li>All that one {@code read} sees comes from one snapshot.
 *   <li>A reader or writer is dead once its work is done: using it later is an {@link IllegalStateException}.
 *   <li>A {@code write}, {@code read} or {@code lookUp} inside a {@code write} of the same thread is an {@link IllegalStateException}.
 *   <li>A write that rests on what somebody else has changed meanwhile ends in a {@link WriteConflict} and keeps nothing,
 *       also when its work catches the conflict.
 *   <li>Work may be run more than once: a store may try again what a deadlock or a failed serialization undid. Only what the
 *       last run returned or threw is told, and only what it did is kept. A write whose outcome is not known is never run again.
 *   <li>Trouble of the store itself is a {@link StoreFailure}; no driver's exception ever crosses this border.
 * </ul>
 *
 * <p>Stores are thread-safe; readers and writers belong to the thread they are lent to.
 */
public interface KeyStore {

    /**
     * The key whose secret has this reference, whosever it is: that is all that a stranger presents. It may not be asked for
     * inside a {@code write} of the same thread.
     *
     * <p>Of a key that was changed through this very object, never an older state than the last that was acknowledged before
     * the call. Whether other objects or processes that share the data may see an older one, and for how long, is for each
     * implementation to say; a store that asks its data every time says: never.
     */
    Optional<VerifiableKey> lookUp(KeyReference reference);

    /**
     * The keys whose secrets have these references, in no order; those that are unknown are left out.
     *
     * @param references any number, each once
     */
    List<VerifiableKey> lookUp(Set<KeyReference> references);

    /** Looks at the keys. */
    <R> R read(Function<? super KeyReader, ? extends R> work);

    /** Changes the keys. */
    <R> R write(Function<? super KeyWriter, ? extends R> work);
}
