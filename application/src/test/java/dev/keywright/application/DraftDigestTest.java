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
import java.util.List;
import org.junit.jupiter.api.Test;

/** Digests are kept in stores for a day, so they must stay what they are from release to release. */
class DraftDigestTest {

    @Test
    void aDigestIsWhatItEverWas() {
        KeyDraft draft = KeyDraft.of(new UserId("alice"))
                .withAllowList(IpAllowList.of(List.of(IpRange.parse("10.0.0.0/8"))))
                .withDescription(new Description("till 🔑"))
                .withScopes(Scopes.of(Scope.KEYS_READ, new Scope("a")))
                .withExpiry(Expiry.at(Instant.parse("2026-03-01T12:00:00.500Z")));

        assertThat(DraftDigest.of(draft)).isEqualTo("7ae6d292b92dbacd6861832224a549a6adaefe138d41d00afc7242afb5fa6b92");
    }
}
