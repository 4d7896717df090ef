package dev.keywright.domain;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Keys to start from. */
final class Keys {

    static final Instant CREATED = Instant.parse("2026-03-01T12:00:00.500Z");
    static final CompanyId ACME = new CompanyId("acme");
    static final UserId ALICE = new UserId("alice");
    static final KeyCredential CREDENTIAL = KeyCredential.of(Secrets.ofSeed(7), SecretDigester.sha256());

    private Keys() {}

    static ApiKey plain() {
        return of(KeyDraft.of(ALICE));
    }

    static ApiKey of(KeyDraft draft) {
        return created(draft).after();
    }

    static KeyChange created(KeyDraft draft) {
        ApiKeyId id = ApiKeyId.next(CREATED, Optional.empty(), new SeededRandom(7));
        return ApiKey.create(id, ACME, draft, CREDENTIAL);
    }

    /** A key of whose secret this is stored. */
    static VerifiableKey storing(SecretDigest digest) {
        KeyCredential credential = new KeyCredential(CREDENTIAL.prefix(), CREDENTIAL.reference(), digest);
        ApiKeyId id = ApiKeyId.next(CREATED, Optional.empty(), new SeededRandom(7));
        return VerifiableKey.of(
                ApiKey.create(id, ACME, KeyDraft.of(ALICE), credential).after());
    }

    static IpAllowList allowList(String... entries) {
        return IpAllowList.of(Arrays.stream(entries).map(IpRange::parse).toList());
    }

    static Scopes scopes(String... values) {
        return Scopes.of(Arrays.stream(values).map(Scope::new).toList());
    }
}
