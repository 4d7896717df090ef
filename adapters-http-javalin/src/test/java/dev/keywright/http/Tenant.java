package dev.keywright.http;

import dev.keywright.application.Caller;
import dev.keywright.application.CreatedKey;
import dev.keywright.domain.Actor;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import java.util.Arrays;
import java.util.List;

/** A company on a running server, whose first keys come from the host itself. */
final class Tenant {

    private static final String[] ALL = {"keys:read", "keys:write", "keys:verify", "reports", "billing"};

    private final LiveServer server;
    private final CompanyId company;

    Tenant(LiveServer server, String company) {
        this.server = server;
        this.company = new CompanyId(company);
    }

    String company() {
        return company.toString();
    }

    /** A client with a new key that holds all scopes that tests give. */
    ApiClient client() {
        return client(ALL);
    }

    ApiClient client(String... scopes) {
        return server.anonymous().withKey(secret(scopes));
    }

    /** The secret of a new key of the user {@code admin} with all scopes. */
    String secret() {
        return secret(ALL);
    }

    String secret(String... scopes) {
        return text(key(scopes));
    }

    /** The secret of a new key with all scopes that may be used from these addresses only. */
    String secretFrom(String... ranges) {
        List<IpRange> allowed = Arrays.stream(ranges).map(IpRange::parse).toList();
        return text(create(draft(ALL).withAllowList(IpAllowList.of(allowed))));
    }

    CreatedKey key(String... scopes) {
        return create(draft(scopes));
    }

    CreatedKey create(KeyDraft draft) {
        return server.administration.create(Caller.trusted(company, new Actor("host")), draft);
    }

    static String text(CreatedKey created) {
        String secret = created.secret().orElseThrow().reveal();
        SeenSecrets.add(secret);
        return secret;
    }

    private static KeyDraft draft(String... scopes) {
        return KeyDraft.of(new UserId("admin"))
                .withScopes(Scopes.of(Arrays.stream(scopes).map(Scope::new).toList()));
    }
}
