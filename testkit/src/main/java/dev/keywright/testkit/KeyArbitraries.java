package dev.keywright.testkit;

import static dev.keywright.testkit.ValueArbitraries.LAST;
import static dev.keywright.testkit.ValueArbitraries.allowLists;
import static dev.keywright.testkit.ValueArbitraries.apiKeyIds;
import static dev.keywright.testkit.ValueArbitraries.apiVersions;
import static dev.keywright.testkit.ValueArbitraries.descriptions;
import static dev.keywright.testkit.ValueArbitraries.expiries;
import static dev.keywright.testkit.ValueArbitraries.instants;
import static dev.keywright.testkit.ValueArbitraries.scopeSets;
import static dev.keywright.testkit.ValueArbitraries.userIds;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.SecretDigest;
import dev.keywright.domain.VersionPin;
import dev.keywright.domain.VersionPin.Return;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of whole keys and of what is asked for them, for properties. */
public final class KeyArbitraries {

    private static final int LONGEST_TRAIL = 12;

    private KeyArbitraries() {}

    /** What may be known of a secret: prefixes of any length, digests of any scheme. */
    public static Arbitrary<KeyCredential> credentials() {
        Arbitrary<KeyPrefix> prefixes = Arbitraries.of("kw", "acme_live", "a1", "abcdefghijkl_nopqrstuvwx")
                .map(KeyPrefix::new);
        Arbitrary<KeyReference> references = Arbitraries.strings()
                .withChars("0123456789abcdefghjkmnpqrstvwxyz")
                .ofLength(KeyReference.LENGTH)
                .map(KeyReference::parse);
        Arbitrary<String> schemes =
                Arbitraries.of("sha256", "hmac-sha256:00000000", "hmac-sha256:fedcba98", "z".repeat(40));
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofSize(32);
        return Combinators.combine(
                        prefixes,
                        references,
                        Combinators.combine(schemes, bytes).as(SecretDigest::new))
                .as(KeyCredential::new);
    }

    /** Pins before, at and after the first version, with trails. */
    public static Arbitrary<VersionPin> pins() {
        Arbitrary<VersionPin> pinned = Combinators.combine(
                        apiVersions().set().ofMinSize(1).ofMaxSize(1 + LONGEST_TRAIL),
                        instants(),
                        instants().list().ofSize(LONGEST_TRAIL))
                .as((versions, since, ends) -> pin(versions.stream().sorted().toList(), since, ends));
        return Arbitraries.oneOf(Arbitraries.just(VersionPin.unpinned()), pinned);
    }

    private static VersionPin pin(List<ApiVersion> ascending, Instant since, List<Instant> ends) {
        List<Return> trail = new ArrayList<>();
        for (int at = 0; at < ascending.size() - 1; at++) {
            trail.add(new Return(ascending.get(at), ends.get(at)));
        }
        return new VersionPin(Optional.of(ascending.get(ascending.size() - 1)), Optional.of(since), trail);
    }

    /** Drafts of keys that end, if at all, at any time: also one that has passed. */
    public static Arbitrary<KeyDraft> drafts() {
        return Combinators.combine(userIds(), allowLists(), descriptions().optional(), scopeSets(), expiries())
                .as(KeyDraft::new);
    }

    /** Updates of any of a key's fields, of all, or of none. */
    public static Arbitrary<KeyUpdate> updates() {
        return Combinators.combine(
                        apiVersions().optional(),
                        descriptions().optional().optional(),
                        allowLists().optional(),
                        scopeSets().optional(),
                        expiries().optional())
                .as(KeyUpdate::new);
    }

    /** Keys of this company in every state that a store may be given. */
    public static Arbitrary<ApiKey> apiKeys(CompanyId company) {
        return Combinators.combine(apiKeyIds(), drafts(), credentials(), pins(), Arbitraries.of(true, false))
                .flatAs((id, draft, credential, pin, enabled) -> Combinators.combine(
                                instants(id.createdAt(), LAST),
                                instants(id.createdAt(), LAST).optional(),
                                Arbitraries.longs().between(1, 1L << 40))
                        .as((updatedAt, deletedAt, revision) -> new ApiKey(
                                id,
                                company,
                                draft.user(),
                                credential,
                                draft.allowList(),
                                draft.description(),
                                draft.scopes(),
                                pin,
                                draft.expiry(),
                                enabled,
                                updatedAt,
                                deletedAt,
                                revision,
                                Optional.empty())));
    }
}
