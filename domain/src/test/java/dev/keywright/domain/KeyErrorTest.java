package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.KeyError.Code;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The refusals of administration. */
class KeyErrorTest {

    private static final ApiVersion VERSION = ApiVersion.parse("2024-05-22");
    private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<KeyError> ALL = List.of(
            new KeyError.NotFound(),
            new KeyError.KeyDeleted(AT),
            new KeyError.DowngradeWindowClosed(VERSION, AT, List.of()),
            new KeyError.VersionNeverPinned(VERSION, List.of(VERSION)),
            new KeyError.VersionNotReleased(VERSION, ReleasedVersions.any()),
            new KeyError.ExpiryNotInFuture(AT),
            new KeyError.PreconditionFailed(3),
            new KeyError.IdempotencyKeyReused(),
            new KeyError.ScopeMissing(Scope.KEYS_READ),
            new KeyError.ScopeNotHeld(Scopes.of(Scope.KEYS_READ)));

    @Test
    void everyRefusalHasACodeOfItsOwn() {
        assertThat(ALL).extracting(KeyError::code).containsExactly(Code.values());
        assertThat(KeyError.class.getPermittedSubclasses()).hasSize(Code.values().length);
    }

    @Test
    void everyRefusalIsASentenceForPeople() {
        assertThat(ALL)
                .extracting(KeyError::message)
                .containsExactly(
                        "There is no such key",
                        "This key was deleted at 2026-03-01T12:00:00.000Z and cannot change any more",
                        "The key could return to version 2024-05-22 until 2026-03-01T12:00:00.000Z."
                                + " There is no version it may return to now",
                        "The key was not pinned to version 2024-05-22 before its current one."
                                + " It may return to 2024-05-22",
                        "2024-05-22 is no released version; released are ",
                        "expiresAt must be in the future, and 2026-03-01T12:00:00.000Z is not",
                        "The key has changed: its revision is 3 now",
                        "This Idempotency-Key was sent before with another request; use a new one for a new request",
                        "This needs the scope keys:read",
                        "You cannot give scopes that you do not hold: keys:read");
    }

    @Test
    void theExceptionCarriesItsErrorAndSaysTheSame() {
        for (KeyError error : ALL) {
            assertThat(new KeyException(error)).hasMessage(error.message());
            assertThat(new KeyException(error).error()).isSameAs(error);
        }
    }

    @Test
    void theExceptionCanBeSerialisedAndKeepsItsMessage() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new KeyException(new KeyError.NotFound()));
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat((KeyException) in.readObject()).hasMessage("There is no such key");
        }
    }

    @Test
    void ofManyVersionsToReturnToTheNewestAreNamed() {
        List<ApiVersion> many = IntStream.rangeClosed(1, 28)
                .mapToObj(day -> ApiVersion.parse("2024-02-%02d".formatted(day)))
                .toList();

        assertThat(new KeyError.VersionNeverPinned(ApiVersion.parse("2023-01-01"), many).message())
                .contains("It may return to 2024-02-09, ")
                .endsWith("2024-02-28 and 8 older ones");
    }
}
