package dev.keywright.application;

import dev.keywright.domain.Actor;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import java.util.Optional;

/**
 * Who asks, for which company, with which rights.
 *
 * @param company the tenant all is done in; from the caller's credential, never from a request
 * @param actor the name under which changes are recorded
 * @param scopes what the caller holds; empty for one who holds every scope
 */
public record Caller(CompanyId company, Actor actor, Optional<Scopes> scopes) {

    /** The host application itself, or its operator: holds every scope. */
    public static Caller trusted(CompanyId company, Actor actor) {
        return new Caller(company, actor, Optional.empty());
    }

    /** Somebody who holds just these scopes. */
    public static Caller holding(CompanyId company, Actor actor, Scopes scopes) {
        return new Caller(company, actor, Optional.of(scopes));
    }

    /**
     * Asks for a right.
     *
     * @throws KeyException if the caller lacks it
     */
    public void require(Scope scope) {
        if (scopes.isPresent() && !scopes.get().contains(scope)) {
            throw new KeyException(new KeyError.ScopeMissing(scope));
        }
    }

    void requireHeld(Scopes given) {
        scopes.map(given::without).filter(lacking -> !lacking.isEmpty()).ifPresent(lacking -> {
            throw new KeyException(new KeyError.ScopeNotHeld(lacking));
        });
    }
}
