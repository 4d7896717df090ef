package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keywright.domain.VersionPin.Return;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Contract section 5, row by row. */
class VersionPinTest {

    private static final ApiVersion A = ApiVersion.parse("2024-01-01");
    private static final ApiVersion B = ApiVersion.parse("2024-05-22");
    private static final ApiVersion C = ApiVersion.parse("2025-03-03");
    private static final ApiVersion D = ApiVersion.parse("2026-01-31");
    private static final Duration WINDOW = Duration.ofHours(72);
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00.500Z");
    private static final Instant T1 = T0.plus(Duration.ofHours(10));
    private static final Instant T2 = T0.plus(Duration.ofHours(20));

    private final VersionPin atA = VersionPin.unpinned().move(A, T0, WINDOW);
    private final VersionPin atB = atA.move(B, T1, WINDOW);
    private final VersionPin atC = atB.move(C, T2, WINDOW);

    @Test
    void aKeyStartsWithoutAPin() {
        VersionPin none = VersionPin.unpinned();

        assertThat(none.current()).isEmpty();
        assertThat(none.since()).isEmpty();
        assertThat(none.downgradeNotAllowedAfter()).isEmpty();
    }

    @Test
    void theFirstPinOpensNoWindow() {
        assertThat(atA.current()).contains(A);
        assertThat(atA.since()).contains(T0);
        assertThat(atA.trail()).isEmpty();
        assertThat(atA.downgradeNotAllowedAfter()).isEmpty();
    }

    @Test
    void theSameVersionMovesNothing() {
        assertThat(atC.move(C, T2.plusSeconds(1), WINDOW)).isSameAs(atC);
        assertThat(atA.move(A, T1, WINDOW)).isSameAs(atA);
    }

    @Test
    void anUpgradeLeavesTheOldVersionOnTheTrail() {
        assertThat(atB.current()).contains(B);
        assertThat(atB.since()).contains(T1);
        assertThat(atB.trail()).containsExactly(new Return(A, T1.plus(WINDOW)));
        assertThat(atB.downgradeNotAllowedAfter()).contains(T1.plus(WINDOW));
    }

    @Test
    void eachOfSeveralUpgradesKeepsItsOwnInstant() {
        assertThat(atC.trail()).containsExactly(new Return(A, T1.plus(WINDOW)), new Return(B, T2.plus(WINDOW)));
        assertThat(atC.downgradeNotAllowedAfter()).contains(T2.plus(WINDOW));
    }

    @Test
    void aDowngradeTakesItsEntryAndAllNewerOnesOffTheTrail() {
        Instant now = T2.plusSeconds(1);

        assertThat(atC.move(B, now, WINDOW))
                .isEqualTo(new VersionPin(Optional.of(B), Optional.of(now), List.of(new Return(A, T1.plus(WINDOW)))));
        assertThat(atC.move(A, now, WINDOW)).isEqualTo(new VersionPin(Optional.of(A), Optional.of(now), List.of()));
    }

    @Test
    void aDowngradeOpensNoWindow() {
        assertThat(atC.move(A, T2, WINDOW).downgradeNotAllowedAfter()).isEmpty();
        assertThat(atC.move(B, T2, WINDOW).downgradeNotAllowedAfter()).contains(T1.plus(WINDOW));
    }

    @Test
    void aDowngradeAtTheVeryInstantIsAllowed() {
        Instant last = T1.plus(WINDOW);

        assertThat(atC.move(A, last, WINDOW).current()).contains(A);
    }

    @Test
    void aDowngradeOneMillisecondLaterIsRefusedWithTheInstant() {
        Instant last = T1.plus(WINDOW);

        assertRefused(
                () -> atC.move(A, last.plusMillis(1), WINDOW),
                new KeyError.DowngradeWindowClosed(A, last, List.of(B)),
                "The key could return to version 2024-01-01 until 2026-03-04T22:00:00.500Z."
                        + " It may return to 2024-05-22");
    }

    @Test
    void aClosedWindowStaysVisible() {
        // a past value stays, so that a client sees why it is refused
        VersionPin later = atB.move(B, T1.plus(WINDOW).plusSeconds(1), WINDOW);

        assertThat(later.downgradeNotAllowedAfter()).contains(T1.plus(WINDOW));
        assertThat(later.returnsAt(T1.plus(WINDOW).plusMillis(1))).isEmpty();
    }

    @Test
    void aDowngradeToAVersionNeverPinnedIsRefusedWithThoseThatMayBeReturnedTo() {
        VersionPin atD = atC.move(D, T2.plusSeconds(1), WINDOW);

        assertRefused(
                () -> atD.move(ApiVersion.parse("2024-05-21"), T2.plusSeconds(2), WINDOW),
                new KeyError.VersionNeverPinned(ApiVersion.parse("2024-05-21"), List.of(A, B, C)),
                "The key was not pinned to version 2024-05-21 before its current one."
                        + " It may return to 2024-01-01, 2024-05-22, 2025-03-03");
    }

    @Test
    void aDowngradeOfAKeyWithoutATrailIsRefused() {
        assertRefused(
                () -> atA.move(ApiVersion.parse("2023-12-31"), T1, WINDOW),
                new KeyError.VersionNeverPinned(ApiVersion.parse("2023-12-31"), List.of()),
                "The key was not pinned to version 2023-12-31 before its current one."
                        + " There is no version it may return to now");
    }

    @Test
    void aVersionThatWasLeftByADowngradeCannotBeReturnedToAsADowngrade() {
        VersionPin backAtA = atC.move(A, T2, WINDOW);
        VersionPin atD = backAtA.move(D, T2, WINDOW);

        assertThatThrownBy(() -> atD.move(B, T2, WINDOW)).isInstanceOf(KeyException.class);
        assertThat(atD.trail()).containsExactly(new Return(A, T2.plus(WINDOW)));
    }

    @Test
    void aLaterUpgradeLengthensNoEarlierWindow() {
        VersionPin atD = atB.move(D, T1.plus(WINDOW), WINDOW);

        assertThatThrownBy(() -> atD.move(A, T1.plus(WINDOW).plusMillis(1), WINDOW))
                .isInstanceOf(KeyException.class);
        assertThat(atD.move(B, T1.plus(WINDOW).plusMillis(1), WINDOW).current()).contains(B);
    }

    @Test
    void aLaterChangeOfTheWindowMovesNoOpenInstant() {
        VersionPin withLonger = atB.move(C, T2, Duration.ofDays(365));
        VersionPin withNone = atB.move(C, T2, Duration.ZERO);

        assertThat(withLonger.trail().get(0)).isEqualTo(new Return(A, T1.plus(WINDOW)));
        assertThat(withNone.trail()).containsExactly(new Return(A, T1.plus(WINDOW)), new Return(B, T2));
        assertThat(withNone.move(A, T1.plus(WINDOW), Duration.ZERO).current()).contains(A);
        assertThatThrownBy(() -> atB.move(A, T1.plus(WINDOW).plusMillis(1), Duration.ofDays(365)))
                .isInstanceOf(KeyException.class);
    }

    @Test
    void theInstantIsCutToTheMillisecondsThatAreShown() {
        VersionPin pin = atA.move(B, T1, Duration.ofNanos(1_999_999));

        assertThat(pin.downgradeNotAllowedAfter()).contains(T1.plusMillis(1));
    }

    @Test
    void noPinCanBeMadeThatNoMovesLeadTo() {
        Optional<ApiVersion> current = Optional.of(B);
        Optional<Instant> since = Optional.of(T1);
        List<Return> ofB = List.of(new Return(B, T1));

        assertThatThrownBy(() -> new VersionPin(current, Optional.empty(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VersionPin(Optional.empty(), since, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VersionPin(Optional.empty(), Optional.empty(), ofB))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VersionPin(current, since, ofB)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VersionPin(Optional.of(D), since, List.of(new Return(B, T1), new Return(A, T1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(ThrowingCallable move, KeyError error, String message) {
        assertThatThrownBy(move)
                .hasMessage(message)
                .asInstanceOf(type(KeyException.class))
                .extracting(KeyException::error)
                .isEqualTo(error);
    }
}
