package dev.keywright.bootstrap;

import dev.keywright.application.Caller;
import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.Actor;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import java.util.List;
import java.util.Optional;

/** The key that an empty store begins with: somebody must be able to make the others. */
final class FirstKey {

    static final CompanyId COMPANY = new CompanyId("default");
    static final UserId USER = new UserId("admin");
    static final Actor COMMAND_LINE = new Actor("command-line");

    private static final String ONCE = "first-management-key";

    private FirstKey() {}

    /**
     * Makes the first key of an empty store. Of several servers that start on it at the same time, one makes it.
     *
     * @return its secret; empty if the store has keys, or if another server was faster
     */
    static Optional<KeySecret> madeIn(KeyStore store, KeyAdministration administration) {
        if (!store.<Boolean>read(KeyReader::isEmpty)) {
            return Optional.empty();
        }
        KeyDraft draft = KeyDraft.of(USER)
                .withDescription(new Description("First management key"))
                .withScopes(Scopes.of(List.of(Scope.KEYS_READ, Scope.KEYS_WRITE, Scope.KEYS_VERIFY)));
        CreatedKey created = administration.create(Caller.trusted(COMPANY, COMMAND_LINE), draft, ONCE);
        return created.secret();
    }
}
