package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyTerms;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.KeyArbitraries;
import dev.keywright.testkit.Samples;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Keys keep the terms that they have in common once, and stay what they are. */
final class SharedTermsPropertiesTest {

    private final SharedTerms shared = new SharedTerms();
    private final String company = Samples.company().value();

    /** A new key, with terms that no other key has in its hands. */
    private VerifiableKey key(Scopes scopes, String... allowed) {
        IpAllowList list =
                IpAllowList.of(List.of(allowed).stream().map(IpRange::parse).toList());
        KeyDraft draft = Samples.draft().withScopes(scopes).withAllowList(list);
        CompanyId own = new CompanyId(new StringBuilder(company).toString());
        return VerifiableKey.of(
                ApiKey.create(Samples.id(), own, draft, Samples.credential()).after());
    }

    private static Scopes reading() {
        return Scopes.of(new Scope("orders:" + new String("read")));
    }

    private static KeyTerms termsOf(VerifiableKey key) {
        AtomicReference<KeyTerms> seen = new AtomicReference<>();
        key.sharingTerms(terms -> {
            seen.set(terms);
            return terms;
        });
        return seen.get();
    }

    @Provide
    Arbitrary<ApiKey> keys() {
        return KeyArbitraries.apiKeys(new CompanyId("acme"));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aKeyStaysWhatItIs(@ForAll("keys") ApiKey any) {
        VerifiableKey key = VerifiableKey.of(any);

        assertThat(shared.in(key)).isEqualTo(key);
        assertThat(shared.in(key).scopes()).isEqualTo(key.scopes());
        assertThat(termsOf(shared.in(key))).isEqualTo(termsOf(key));
    }

    @Example
    void equalTermsAreKeptOnce() {
        VerifiableKey one = key(reading(), "192.0.2.0/24");
        VerifiableKey other = key(reading(), "192.0.2.0/24");
        assertThat(termsOf(one)).isNotSameAs(termsOf(other)).isEqualTo(termsOf(other));

        assertThat(termsOf(shared.in(one))).isSameAs(termsOf(shared.in(other)));
    }

    @Example
    void equalPartsOfDifferentTermsAreKeptOnce() {
        KeyTerms one = termsOf(shared.in(key(reading(), "192.0.2.0/24")));
        KeyTerms other = termsOf(shared.in(key(reading(), "198.51.100.0/24")));

        assertThat(one).isNotEqualTo(other);
        assertThat(one.company()).isSameAs(other.company());
        assertThat(one.prefix()).isSameAs(other.prefix());
        assertThat(one.scopes()).isSameAs(other.scopes());
        assertThat(one.digestScheme()).isSameAs(other.digestScheme());
    }

    /** What is no longer kept is let go: nobody fills the memory with terms. */
    @Example
    void ofVeryManyTermsTheFirstOnesAreLetGo() {
        VerifiableKey first = shared.in(key(reading(), "192.0.2.0/24"));

        for (int number = 0; number < 11_000; number++) {
            shared.in(key(Scopes.of(new Scope("orders:" + number))));
        }

        KeyTerms later = termsOf(shared.in(key(reading(), "192.0.2.0/24")));
        assertThat(later).isEqualTo(termsOf(first)).isNotSameAs(termsOf(first));
        assertThat(termsOf(shared.in(key(reading(), "192.0.2.0/24")))).isSameAs(later);
    }
}
