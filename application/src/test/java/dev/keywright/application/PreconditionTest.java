package dev.keywright.application;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.UserId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code If-Match}: only on the state that the caller saw. */
class PreconditionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ApiKey FIRST = key();
    private static final ApiKey SECOND = FIRST.deactivate(NOW).orElseThrow().after();

    @Test
    void withoutOneAnyStateIsFine() {
        assertThatCode(() -> Precondition.none().check(FIRST)).doesNotThrowAnyException();
        assertThatCode(() -> Precondition.none().check(SECOND)).doesNotThrowAnyException();
    }

    @Test
    void oneOfTheNamedRevisionsIsFine() {
        assertThatCode(() -> Precondition.revisionIn(Set.of(2L)).check(SECOND)).doesNotThrowAnyException();
        assertThatCode(() -> Precondition.revisionIn(Set.of(7L, 2L)).check(SECOND))
                .doesNotThrowAnyException();
    }

    @Test
    void anyOtherRevisionIsRefusedWithTheOneItIs() {
        assertRefused(Precondition.revisionIn(Set.of(1L)));
        assertRefused(Precondition.revisionIn(Set.of(1L, 3L)));
        assertRefused(Precondition.revisionIn(Set.of()));
    }

    @Test
    void aDeletedKeyIsMeasuredToo() {
        ApiKey deleted = SECOND.delete(NOW).orElseThrow().after();

        assertThatThrownBy(() -> Precondition.revisionIn(Set.of(2L)).check(deleted))
                .isInstanceOf(KeyException.class);
    }

    private static void assertRefused(Precondition precondition) {
        assertThatThrownBy(() -> precondition.check(SECOND))
                .asInstanceOf(type(KeyException.class))
                .extracting(KeyException::error)
                .isEqualTo(new KeyError.PreconditionFailed(2));
    }

    private static ApiKey key() {
        SecureRandom random = new SecureRandom();
        KeySecret secret = KeySecret.random(KeyPrefix.DEFAULT, random);
        return ApiKey.create(
                        ApiKeyId.next(NOW, Optional.empty(), random),
                        new CompanyId("acme"),
                        KeyDraft.of(new UserId("alice")),
                        KeyCredential.of(secret, SecretDigester.sha256()))
                .after();
    }
}
