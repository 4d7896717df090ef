package dev.keywright.application;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keywright.domain.Actor;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Contract section 6: scopes open the doors, and nobody can give one that they do not hold. */
class CallerTest {

    private static final CompanyId ACME = new CompanyId("acme");
    private static final Actor ACTOR = new Actor("host");
    private static final Scope OWN = new Scope("orders:read");
    private static final Caller TRUSTED = Caller.trusted(ACME, ACTOR);
    private static final Caller READER = Caller.holding(ACME, ACTOR, Scopes.of(Scope.KEYS_READ, OWN));
    private static final Caller POWERLESS = Caller.holding(ACME, ACTOR, Scopes.none());

    @Test
    void theHostHoldsEveryScope() {
        assertThatCode(() -> TRUSTED.require(Scope.KEYS_WRITE)).doesNotThrowAnyException();
        assertThatCode(() -> TRUSTED.requireHeld(Scopes.of(Scope.KEYS_WRITE, OWN)))
                .doesNotThrowAnyException();
    }

    @Test
    void aCallerMayDoWhatItsScopesSay() {
        assertThatCode(() -> READER.require(Scope.KEYS_READ)).doesNotThrowAnyException();
        assertRefused(() -> READER.require(Scope.KEYS_WRITE), new KeyError.ScopeMissing(Scope.KEYS_WRITE));
        assertRefused(() -> POWERLESS.require(Scope.KEYS_READ), new KeyError.ScopeMissing(Scope.KEYS_READ));
    }

    @Test
    void aCallerMayGiveWhatItHolds() {
        assertThatCode(() -> READER.requireHeld(Scopes.of(OWN))).doesNotThrowAnyException();
        assertThatCode(() -> POWERLESS.requireHeld(Scopes.none())).doesNotThrowAnyException();
    }

    @Test
    void aRefusalNamesJustTheScopesThatAreNotHeld() {
        Scopes given = Scopes.of(OWN, Scope.KEYS_WRITE, new Scope("zoo"), Scope.KEYS_READ);

        assertRefused(
                () -> READER.requireHeld(given),
                new KeyError.ScopeNotHeld(Scopes.of(Scope.KEYS_WRITE, new Scope("zoo"))));
    }

    private static void assertRefused(ThrowingCallable act, KeyError error) {
        assertThatThrownBy(act)
                .asInstanceOf(type(KeyException.class))
                .extracting(KeyException::error)
                .isEqualTo(error);
    }
}
