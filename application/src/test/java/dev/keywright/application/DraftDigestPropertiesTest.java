package dev.keywright.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A repeated create is told from another one by all that it asks for. */
class DraftDigestPropertiesTest {

    @Property
    void twoDraftsHaveOneDigestJustWhenTheyAreEqual(@ForAll("drafts") KeyDraft one, @ForAll("drafts") KeyDraft other) {
        assertThat(DraftDigest.of(one).equals(DraftDigest.of(other))).isEqualTo(one.equals(other));
    }

    @Property
    void aDigestIsTheSameEveryTime(@ForAll("drafts") KeyDraft draft) {
        assertThat(DraftDigest.of(draft)).isEqualTo(DraftDigest.of(draft)).matches("[0-9a-f]{64}");
    }

    /** Few values that look alike, so that equal drafts and confusable ones both come up. */
    @Provide
    Arbitrary<KeyDraft> drafts() {
        Arbitrary<UserId> user =
                Arbitraries.of("a", "a8:anywhere", "anywhere", "never").map(UserId::new);
        Arbitrary<IpAllowList> allowList = Arbitraries.of("10.0.0.1", "10.0.0.0/8", "::/0")
                .map(IpRange::parse)
                .list()
                .ofMaxSize(2)
                .map(IpAllowList::of);
        Arbitrary<Optional<Description>> description = Arbitraries.of("", "=", "never", "anywhere", "0:")
                .map(text -> text.isEmpty() ? Optional.<Description>empty() : Optional.of(new Description(text)));
        Arbitrary<Scopes> scopes = Arbitraries.of("a", "b", "never")
                .map(Scope::new)
                .list()
                .ofMaxSize(2)
                .map(Scopes::of);
        Arbitrary<Expiry> expiry = Arbitraries.of(
                Expiry.never(),
                Expiry.at(Instant.parse("2026-03-01T12:00:00Z")),
                Expiry.at(Instant.parse("2026-03-01T12:00:00.001Z")));
        return Combinators.combine(user, allowList, description, scopes, expiry).as(KeyDraft::new);
    }
}
