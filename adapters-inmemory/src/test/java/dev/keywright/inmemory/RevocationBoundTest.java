package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.KeyVerification;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigester;
import dev.keywright.testkit.Samples;
import dev.keywright.testkit.SettableTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** on a real clock, another node stops granting a key within the bound after its revocation was acknowledged. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RevocationBoundTest {

    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final int KEYS = 40;

    private final CompanyId company = Samples.company();
    private final KeyStore shared = new InMemoryKeyStore();
    private final KeyStore one = new NearCache(shared, 1_000, BOUND, System::nanoTime);
    private final KeyStore other = new NearCache(shared, 1_000, BOUND, System::nanoTime);

    /** A key that was revoked on the one node, and when the other granted it for the last time. */
    private final class Revoked {
        private final String secret;
        private final long acknowledged;
        private long lastGrant;

        Revoked() {
            KeySecret made = Samples.secret();
            KeyCredential credential = KeyCredential.of(made, SecretDigester.sha256());
            KeyChange birth = ApiKey.create(Samples.id(), company, Samples.draft(), credential);
            this.secret = made.reveal();
            ApiKey key = Samples.insert(one, birth);
            assertThat(isGranted(other)).isTrue();
            Samples.replace(one, Samples.deleted(key));
            this.acknowledged = System.nanoTime();
            this.lastGrant = acknowledged;
            assertThat(isGranted(one)).as("on the node that revoked it").isFalse();
        }

        private boolean isGranted(KeyStore node) {
            return new KeyVerification(node, SettableTime.at(Samples.NOW), SecretDigester.sha256())
                    .verify(secret, Optional.empty(), Scopes.none())
                    .isGranted();
        }

        /** Whether it need not be tried again: it is not granted any more, or was for far too long. */
        boolean isOver() {
            long begun = System.nanoTime();
            if (!isGranted(other)) {
                return true;
            }
            lastGrant = begun;
            return lateness().compareTo(BOUND.multipliedBy(2)) > 0;
        }

        Duration lateness() {
            return Duration.ofNanos(lastGrant - acknowledged);
        }
    }

    @Test
    void anotherNodeStopsWithinTheBound() {
        List<Revoked> all = new ArrayList<>();
        List<Revoked> granted = new ArrayList<>();
        long next = System.nanoTime();
        while (all.size() < KEYS || !granted.isEmpty()) {
            if (all.size() < KEYS && System.nanoTime() - next >= 0) {
                Revoked revoked = new Revoked();
                all.add(revoked);
                granted.add(revoked);
                next += PAUSE.toNanos();
            }
            granted.removeIf(Revoked::isOver);
        }

        assertThat(all).allSatisfy(revoked -> assertThat(revoked.lateness()).isLessThan(BOUND));
        assertThat(all)
                .as("the cache was in use")
                .anySatisfy(revoked -> assertThat(revoked.lateness()).isGreaterThan(BOUND.dividedBy(3)));
    }
}
