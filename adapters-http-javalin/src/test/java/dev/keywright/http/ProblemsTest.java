package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.spi.StoreFailure;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import dev.keywright.domain.ReleasedVersions;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {
    private static final Instant AT = Instant.parse("2026-03-02T09:15:00Z");
    private static final ApiVersion VERSION = ApiVersion.parse("2024-05-22");

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(new KeyError.NotFound(), 404, "/problems/not-found"),
                Arguments.of(new KeyError.KeyDeleted(AT), 409, "/problems/key-deleted"),
                Arguments.of(
                        new KeyError.DowngradeWindowClosed(VERSION, AT, List.of()),
                        409,
                        "/problems/downgrade-window-closed"),
                Arguments.of(
                        new KeyError.VersionNeverPinned(VERSION, List.of()), 409, "/problems/version-never-pinned"),
                Arguments.of(
                        new KeyError.VersionNotReleased(VERSION, ReleasedVersions.any()), 400, "/problems/validation"),
                Arguments.of(new KeyError.ExpiryNotInFuture(AT), 400, "/problems/validation"),
                Arguments.of(new KeyError.PreconditionFailed(4), 412, "/problems/precondition-failed"),
                Arguments.of(new KeyError.IdempotencyKeyReused(), 409, "/problems/idempotency-key-reused"),
                Arguments.of(new KeyError.ScopeMissing(Scope.KEYS_READ), 403, "/problems/forbidden"),
                Arguments.of(new KeyError.ScopeNotHeld(Scopes.of(Scope.KEYS_READ)), 403, "/problems/forbidden"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusalHasItsStatusItsNameAndItsOwnWords(KeyError error, int status, String type) {
        Problem problem = Problems.of(new KeyException(error), "r");

        assertThat(problem.type().status()).isEqualTo(status);
        assertThat(problem.type().uri()).isEqualTo(type);
        assertThat(problem.detail()).contains(error.message());
        assertThat(problem.faults()).hasSize(status == 400 ? 1 : 0);
    }

    @Test
    void everyRefusalIsInThatTable() {
        assertThat(refusals().map(row -> ((KeyError) row.get()[0]).code()))
                .containsExactlyInAnyOrder(KeyError.Code.values());
    }

    @Tag("R-16")
    @Test
    void aStoreThatIsAwayIsUnavailableAndTellsWhenToTryAgain() {
        for (RuntimeException failure : List.of(
                new StoreFailure("secret details", new IllegalStateException("more")),
                new WriteConflict("secret details"))) {
            Problem problem = Problems.of(failure, "r");

            assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
            assertThat(problem.headers()).containsKey("Retry-After");
            assertThat(problem.detail()).doesNotContain("details");
        }
    }

    @Tag("R-50")
    @Test
    void anythingElseIsOurFaultAndTellsNothing() {
        Problem problem = Problems.of(new IllegalStateException("table KEYS at /var/lib"), "r");

        assertThat(problem.type()).isEqualTo(ProblemType.INTERNAL);
        assertThat(problem.detail()).doesNotContain("KEYS");
        assertThat(problem.faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 400",
        "404, 404",
        "408, 400",
        "413, 413",
        "414, 414",
        "417, 400",
        "426, 400",
        "431, 431",
        "500, 500",
        "501, 400",
        "502, 500",
        "503, 503",
        "505, 400"
    })
    void whatTheContainerRefusesIsOneOfOurProblems(int status, int answered) {
        assertThat(Problems.ofStatus(status, "r").type().status()).isEqualTo(answered);
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyTypeHasATitleAndAStableName(ProblemType type) {
        assertThat(type.title()).isNotBlank();
        assertThat(type.uri()).matches("/problems/[a-z]+(-[a-z]+)*");
    }

    @Tag("R-49")
    @Test
    void theContainerIsNewEnoughToReadChunksSafely() {
        String[] version = Server.getVersion().split("\\.");

        assertThat(Integer.parseInt(version[0])).isEqualTo(12);
        assertThat(Integer.parseInt(version[1]) * 1_000 + Integer.parseInt(version[2]))
                .isGreaterThanOrEqualTo(1_012);
    }
}
