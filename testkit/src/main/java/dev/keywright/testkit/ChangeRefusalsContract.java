package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.Caller;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.PageRequest;
import dev.keywright.application.Precondition;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Who may look at and change which key, and in which state of it. */
public abstract class ChangeRefusalsContract extends UseCaseContract {

    private static final Precondition ANY = Precondition.none();
    private static final Scope OWN = new Scope("orders:read");
    private static final KeyUpdate DESCRIBED = KeyUpdate.nothing().withDescription(new Description("described"));

    /** One way to change a key. */
    private interface Act {
        ApiKey on(Caller caller, ApiKeyId id, Precondition precondition);
    }

    private List<Act> everyChange() {
        KeyAdministration administration = administration();
        return List.of(
                (caller, id, precondition) -> administration.update(caller, id, DESCRIBED, precondition),
                administration::deactivate,
                administration::activate,
                administration::delete);
    }

    @Test
    void aKeyThatNeverWasIsNotFound() {
        ApiKeyId never = Samples.id();

        assertNotFound(host, never);
        assertNotFound(host, ApiKeyId.OLDEST);
        assertNotFound(host, ApiKeyId.NEWEST);
    }

    /** */
    @Test
    void aKeyOfAnotherCompanyIsNotFoundEither() {
        ApiKey key = created().key();
        Caller stranger = Caller.trusted(Samples.company(), Samples.ACTOR);

        assertNotFound(stranger, key.id());

        assertThat(administration().get(host, key.id())).isEqualTo(key);
        assertThat(administration().list(stranger, PageRequest.first()).keys()).isEmpty();
    }

    private void assertNotFound(Caller caller, ApiKeyId id) {
        KeyError reason = new KeyError.NotFound();
        assertRefused(reason, () -> administration().get(caller, id));
        everyChange().forEach(act -> assertRefused(reason, () -> act.on(caller, id, ANY)));
        // Not even a precondition tells such a key from one that never was.
        everyChange().forEach(act -> assertRefused(reason, () -> act.on(caller, id, revision(99L))));
    }

    @Test
    void whoMayNotWriteChangesNothing() {
        ApiKey key = created().key();
        KeyError reason = new KeyError.ScopeMissing(Scope.KEYS_WRITE);

        everyChange()
                .forEach(act -> assertRefused(
                        reason, () -> act.on(holding(Scope.KEYS_READ, Scope.KEYS_VERIFY), key.id(), ANY)));

        assertThat(administration().get(host, key.id())).isEqualTo(key);
    }

    @Test
    void whoMayNotReadSeesNothing() {
        ApiKey key = created().key();
        KeyError reason = new KeyError.ScopeMissing(Scope.KEYS_READ);
        Caller writer = holding(Scope.KEYS_WRITE, Scope.KEYS_VERIFY);

        assertRefused(reason, () -> administration().get(writer, key.id()));
        assertRefused(reason, () -> administration().list(writer, PageRequest.first()));
    }

    @Test
    void whoMayReadReadsAndWhoMayWriteWrites() {
        ApiKey key = created().key();

        assertThat(administration().get(holding(Scope.KEYS_READ), key.id())).isEqualTo(key);
        assertThat(administration()
                        .list(holding(Scope.KEYS_READ), PageRequest.first())
                        .keys())
                .containsExactly(key);
        assertThat(administration()
                        .update(holding(Scope.KEYS_WRITE), key.id(), DESCRIBED, ANY)
                        .revision())
                .isEqualTo(2);
    }

    @Test
    void nobodyAddsAScopeThatTheyDoNotHold() {
        ApiKey key = created().key();
        KeyUpdate update = DESCRIBED.withScopes(Scopes.of(Scope.KEYS_WRITE, Scope.KEYS_READ, OWN));

        assertRefused(
                new KeyError.ScopeNotHeld(Scopes.of(Scope.KEYS_READ, OWN)),
                () -> administration().update(holding(Scope.KEYS_WRITE), key.id(), update, ANY));

        assertThat(administration().get(host, key.id())).isEqualTo(key);
    }

    @Test
    void aScopeThatTheKeyHasNeedNotBeHeldToStayOrToGo() {
        ApiKey key = administration()
                .create(host, Samples.draft().withScopes(Scopes.of(OWN, Scope.KEYS_READ)))
                .key();
        Caller writer = holding(Scope.KEYS_WRITE);

        ApiKey more =
                administration().update(writer, key.id(), DESCRIBED.withScopes(Scopes.of(OWN, Scope.KEYS_WRITE)), ANY);
        ApiKey none =
                administration().update(writer, key.id(), KeyUpdate.nothing().withScopes(Scopes.none()), ANY);

        assertThat(more.scopes()).isEqualTo(Scopes.of(OWN, Scope.KEYS_WRITE));
        assertThat(none.scopes().isEmpty()).isTrue();
    }

    private static Precondition revision(Long... revisions) {
        return Precondition.revisionIn(Set.of(revisions));
    }

    @Test
    void aChangeHappensInTheStateThatTheCallerSaw() {
        assertThat(everyChange()).allSatisfy(act -> {
            ApiKey key = created().key();

            ApiKey changed = act.on(host, key.id(), revision(7L, 1L));

            assertThat(administration().get(host, key.id())).isEqualTo(changed);
        });
    }

    @Test
    void aChangeDoesNotHappenInAnotherState() {
        ApiKey key = created().key();
        ApiKey now = administration().update(host, key.id(), DESCRIBED, ANY);
        KeyError reason = new KeyError.PreconditionFailed(2);

        everyChange().forEach(act -> {
            assertRefused(reason, () -> act.on(host, key.id(), revision(1L)));
            assertRefused(reason, () -> act.on(host, key.id(), revision(1L, 3L)));
            assertRefused(reason, () -> act.on(host, key.id(), Precondition.revisionIn(Set.of())));
        });

        assertThat(administration().get(host, key.id())).isEqualTo(now);
    }

    @Test
    void thePreconditionIsJudgedBeforeTheDeletion() {
        ApiKey deleted = administration().delete(host, created().key().id(), ANY);

        assertRefused(
                new KeyError.PreconditionFailed(2),
                () -> administration().update(host, deleted.id(), DESCRIBED, revision(1L)));
        assertRefused(
                new KeyError.KeyDeleted(NOW),
                () -> administration().update(host, deleted.id(), DESCRIBED, revision(2L)));
    }

    @Test
    void everyChangeIsRecordedUnderTheNameOfItsCaller() {
        ApiKey key = created().key();
        Function<String, Caller> named = name -> Caller.trusted(company, new Actor("oauth2:" + name));

        administration().update(named.apply("ann"), key.id(), DESCRIBED, ANY);
        administration().deactivate(named.apply("Ann"), key.id(), ANY);
        administration().activate(named.apply("bob"), key.id(), ANY);
        administration().delete(named.apply("eve "), key.id(), ANY);

        assertThat(events(key))
                .extracting(recorded -> recorded.by().value())
                .containsExactly("host", "oauth2:ann", "oauth2:Ann", "oauth2:bob", "oauth2:eve ");
    }
}
