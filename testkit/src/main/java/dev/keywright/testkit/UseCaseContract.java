package dev.keywright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keywright.application.Caller;
import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import java.security.SecureRandom;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the contracts of the use cases share: the administration over the store, a clock that is set, and a company. */
abstract class UseCaseContract extends KeyStoreContract {

    static final SecureRandom RANDOM = new SecureRandom();

    final SettableTime time = SettableTime.at(Samples.NOW);
    final CompanyId company = Samples.company();
    final Caller host = Caller.trusted(company, Samples.ACTOR);

    final KeyAdministration administration() {
        return administration(KeyPolicy.defaults());
    }

    final KeyAdministration administration(KeyPolicy policy) {
        return new KeyAdministration(keys(), time, RANDOM, policy);
    }

    /** Somebody of the company who holds only these scopes. */
    final Caller holding(Scope... scopes) {
        return Caller.holding(company, Samples.ACTOR, Scopes.of(scopes));
    }

    final CreatedKey created() {
        return administration().create(host, Samples.draft());
    }

    final List<RecordedEvent> events(ApiKey key) {
        return keys().read(keys -> List.copyOf(keys.events(key.company(), key.id())));
    }

    /** The act is refused for this reason. */
    static void assertRefused(KeyError reason, ThrowingCallable act) {
        assertThat(refusal(act)).isEqualTo(reason);
    }

    /** Why the act is refused. */
    static KeyError refusal(ThrowingCallable act) {
        KeyException refusal = catchThrowableOfType(KeyException.class, act);
        assertThat(refusal).as("the refusal").isNotNull();
        return refusal.error();
    }
}
