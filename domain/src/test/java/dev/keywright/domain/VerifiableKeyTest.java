package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The part of a key by which a verification judges: all of its rules, and nothing besides. */
class VerifiableKeyTest {

    private static final Instant END = Keys.CREATED.plusSeconds(60);
    private static final ApiKey KEY = Keys.of(KeyDraft.of(new UserId("al\u00efce \ud83d\udd11"))
            .withAllowList(Keys.allowList("192.0.2.0/24", "2001:db8::/32"))
            .withScopes(Keys.scopes("keys:read", "orders:read"))
            .withExpiry(Expiry.at(END)));

    private static ApiKey updated(ApiKey key, KeyUpdate update) {
        return key.update(update, Keys.CREATED, Duration.ZERO).orElseThrow().after();
    }

    @Test
    void itTellsWhatTheKeyTells() {
        ApiKey pinned = updated(KEY, KeyUpdate.nothing().withApiVersion(ApiVersion.parse("2024-05-22")));

        VerifiableKey view = VerifiableKey.of(pinned);

        assertThat(view.id()).isEqualTo(pinned.id());
        assertThat(view.company()).isEqualTo(pinned.company());
        assertThat(view.user()).isEqualTo(pinned.user());
        assertThat(view.apiVersion()).contains(ApiVersion.parse("2024-05-22"));
        assertThat(view.scopes()).isEqualTo(pinned.scopes());
        assertThat(view.expiry()).isEqualTo(pinned.expiry());
        assertThat(view.reference()).isEqualTo(pinned.credential().reference());
        assertThat(view.redacted()).isEqualTo(pinned.redacted());
    }

    /** How it remembers that a key had ended must not show. */
    @Test
    void theExpiryIsToldAsItIsAlsoWhenItHadPassedAtTheLastChange() {
        for (Instant end : List.of(
                Instant.EPOCH,
                Instant.EPOCH.plusMillis(1),
                Keys.CREATED,
                END,
                Instant.parse("9999-12-31T23:59:59.999Z"))) {
            assertThat(ending(Expiry.at(end), KEY.credential().digest()).expiry())
                    .isEqualTo(Expiry.at(end));
        }
        assertThat(VerifiableKey.of(Keys.plain()).expiry()).isEqualTo(Expiry.never());
    }

    @Test
    void equalOnesJudgeAlike() {
        VerifiableKey view = VerifiableKey.of(KEY);

        assertThat(VerifiableKey.of(updated(KEY, KeyUpdate.nothing().withDescription(new Description("other")))))
                .isEqualTo(view)
                .hasSameHashCodeAs(view);
        assertThat(VerifiableKey.of(KEY.withLastUse(Optional.of(new KeyUse(END, Optional.empty())))))
                .isEqualTo(view);
        for (ApiKey other : withOneRuleChanged()) {
            assertThat(VerifiableKey.of(other)).isNotEqualTo(view);
        }
        assertThat(view).isNotEqualTo("key");
    }

    private static List<ApiKey> withOneRuleChanged() {
        KeyUpdate nothing = KeyUpdate.nothing();
        List<ApiKey> changed = new ArrayList<>(List.of(
                KEY.deactivate(Keys.CREATED).orElseThrow().after(),
                KEY.delete(Keys.CREATED).orElseThrow().after(),
                updated(KEY, nothing.withApiVersion(ApiVersion.parse("2024-05-22"))),
                updated(KEY, nothing.withScopes(Keys.scopes("keys:read"))),
                updated(KEY, nothing.withAllowList(Keys.allowList("192.0.2.0/24"))),
                updated(KEY, nothing.withExpiry(Expiry.never()))));
        KeyCredential credential = KEY.credential();
        byte[] digest = credential.digest().bytes();
        digest[31] ^= 1;
        KeyReference reference = credential.reference();
        for (KeyCredential other : List.of(
                new KeyCredential(credential.prefix(), reference, new SecretDigest("sha256", digest)),
                new KeyCredential(new KeyPrefix("other"), reference, credential.digest()),
                new KeyCredential(
                        credential.prefix(),
                        new KeyReference(reference.high(), reference.low() ^ 1),
                        credential.digest()),
                new KeyCredential(
                        credential.prefix(),
                        new KeyReference(reference.high() ^ 1, reference.low()),
                        credential.digest()))) {
            changed.add(with(KEY.id(), KEY.company(), KEY.user(), other));
        }
        changed.add(with(KEY.id().next(), KEY.company(), KEY.user(), credential));
        changed.add(with(KEY.id(), new CompanyId("other"), KEY.user(), credential));
        changed.add(with(KEY.id(), KEY.company(), new UserId("other"), credential));
        return changed;
    }

    private static ApiKey with(ApiKeyId id, CompanyId company, UserId user, KeyCredential credential) {
        KeyDraft draft = KeyDraft.of(user)
                .withAllowList(KEY.allowList())
                .withScopes(KEY.scopes())
                .withExpiry(KEY.expiry());
        return ApiKey.create(id, company, draft, credential).after();
    }

    /** the time of the last change counts only where the key had ended by then. */
    @Test
    void aKeyThatHadEndedAtItsLastChangeIsAnother() {
        KeyUpdate update = KeyUpdate.nothing().withDescription(new Description("ended"));
        ApiKey before = KEY.update(update, END.minusMillis(1), Duration.ZERO)
                .orElseThrow()
                .after();
        ApiKey ended = KEY.update(update, END, Duration.ZERO).orElseThrow().after();

        assertThat(VerifiableKey.of(before)).isEqualTo(VerifiableKey.of(KEY));
        assertThat(VerifiableKey.of(ended)).isNotEqualTo(VerifiableKey.of(KEY));
    }

    @Test
    void termsMayBeSharedByThoseWhoHaveTheSame() {
        List<KeyTerms> pool = new ArrayList<>();
        VerifiableKey.of(KEY).sharingTerms(terms -> {
            pool.add(terms);
            return terms;
        });

        VerifiableKey shared = VerifiableKey.of(KEY).sharingTerms(terms -> pool.get(0));

        assertThat(shared).isEqualTo(VerifiableKey.of(KEY));
        assertThatThrownBy(() -> VerifiableKey.of(Keys.plain()).sharingTerms(terms -> pool.get(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTermsNameTheSchemeOfTheDigest() {
        SecretDigest peppered = new SecretDigest("hmac-sha256:00000000", new byte[32]);

        assertThatThrownBy(() -> ending(Expiry.never(), peppered)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The key with another expiry and digest; whether that is before its last change does not matter. */
    private static VerifiableKey ending(Expiry expiry, SecretDigest digest) {
        KeyTerms terms = new KeyTerms(
                KEY.company(),
                KEY.credential().prefix(),
                KEY.credential().digest().scheme(),
                Optional.empty(),
                KEY.scopes(),
                KEY.allowList(),
                true,
                false);
        return new VerifiableKey(
                KEY.id(), KEY.user(), KEY.credential().reference(), digest, expiry, Keys.CREATED, terms);
    }
}
