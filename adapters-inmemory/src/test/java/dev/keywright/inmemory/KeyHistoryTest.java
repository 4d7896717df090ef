package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.Denial;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.inmemory.KeyHistory.Fault;
import dev.keywright.inmemory.KeyHistory.Request;
import dev.keywright.inmemory.KeyHistory.Seen;
import dev.keywright.testkit.Samples;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The check of histories admits what may be and notices what may not, to the nanosecond. */
final class KeyHistoryTest {

    private static final int HERE = 0;
    private static final int ELSEWHERE = 1;
    private static final long BOUND = 1_000;
    private static final Optional<Denial> GRANTED = Optional.empty();
    private static final Optional<Denial> INACTIVE = Optional.of(Denial.INACTIVE);

    private final KeyHistory history = new KeyHistory(Duration.ofNanos(BOUND));

    /** Created from 100 to 200, switched off from 5000 to 5100, on again from 9000 to 9100, all of it here. */
    KeyHistoryTest() {
        ApiKey created = Samples.created(Samples.company()).after();
        KeyChange off = Samples.deactivated(created);
        history.add(HERE, 100, 200, VerifiableKey.of(created));
        history.add(HERE, 5_000, 5_100, VerifiableKey.of(off.after()));
        history.add(
                HERE,
                9_000,
                9_100,
                VerifiableKey.of(Samples.activated(off.after()).after()));
    }

    private Optional<Fault> fault(int node, long begun, long ended, Optional<Denial> verdict) {
        return history.fault(new Seen(node, begun, ended, Request.FROM_NOWHERE, verdict));
    }

    @Test
    void aGrantThatBeginsAfterTheAcknowledgementIsNoticed() {
        assertThat(fault(HERE, 5_100, 5_200, GRANTED)).isEmpty();
        assertThat(fault(HERE, 5_101, 5_200, GRANTED)).contains(Fault.GRANTED_TOO_LATE);
    }

    @Test
    void aGrantElsewhereThatBeginsAtTheBoundIsNoticed() {
        assertThat(fault(ELSEWHERE, 5_099 + BOUND, 6_200, GRANTED)).isEmpty();
        assertThat(fault(ELSEWHERE, 5_100 + BOUND, 6_200, GRANTED)).contains(Fault.GRANTED_TOO_LATE);
    }

    @Test
    void aRefusalThatEndsBeforeTheRevocationBeginsIsNoticed() {
        assertThat(fault(HERE, 4_000, 5_000, INACTIVE)).isEmpty();
        assertThat(fault(HERE, 4_000, 4_999, INACTIVE)).contains(Fault.REFUSED_FALSELY);
        assertThat(fault(ELSEWHERE, 4_000, 4_999, INACTIVE)).contains(Fault.REFUSED_FALSELY);
    }

    @Test
    void aRefusalAfterTheReactivationIsNoticed() {
        assertThat(fault(HERE, 9_100, 9_300, INACTIVE)).isEmpty();
        assertThat(fault(HERE, 9_101, 9_300, INACTIVE)).contains(Fault.REFUSED_FALSELY);
        assertThat(fault(ELSEWHERE, 9_099 + BOUND, 10_300, INACTIVE)).isEmpty();
        assertThat(fault(ELSEWHERE, 9_100 + BOUND, 10_300, INACTIVE)).contains(Fault.REFUSED_FALSELY);
    }

    @Test
    void aKeyThatIsNotFoundAfterItsCreationIsNoticed() {
        Optional<Denial> notFound = Optional.of(Denial.NOT_FOUND);

        assertThat(fault(HERE, 0, 50, notFound)).isEmpty();
        assertThat(fault(HERE, 200, 300, notFound)).isEmpty();
        assertThat(fault(HERE, 201, 300, notFound)).contains(Fault.REFUSED_FALSELY);
        assertThat(fault(ELSEWHERE, 199 + BOUND, 1_300, notFound)).isEmpty();
        assertThat(fault(ELSEWHERE, 200 + BOUND, 1_300, notFound)).contains(Fault.REFUSED_FALSELY);
        assertThat(fault(HERE, 5_050, 5_080, notFound)).contains(Fault.REFUSED_FOR_ANOTHER_REASON);
    }

    @Test
    void aGrantBeforeTheCreationIsNoticed() {
        assertThat(fault(HERE, 0, 99, GRANTED)).contains(Fault.GRANTED_TOO_LATE);
        assertThat(fault(HERE, 0, 100, GRANTED)).isEmpty();
    }

    @Test
    void aLongVerificationMaySeeAnyStateFromItsBeginningToItsEnd() {
        assertThat(fault(HERE, 5_100, 9_000, GRANTED)).isEmpty();
        assertThat(fault(HERE, 5_101, 9_000, INACTIVE)).isEmpty();
        assertThat(fault(HERE, 5_101, 8_999, GRANTED)).contains(Fault.GRANTED_TOO_LATE);
    }

    /** A node that has made the last change itself sees it, however lately another one made the one before. */
    @Test
    void aLaterChangeHereOutweighsAnEarlierOneElsewhere() {
        ApiKey created = Samples.created(Samples.company()).after();
        KeyChange off = Samples.deactivated(created);
        KeyHistory both = new KeyHistory(Duration.ofNanos(BOUND));
        both.add(HERE, 100, 200, VerifiableKey.of(created));
        both.add(ELSEWHERE, 300, 400, VerifiableKey.of(off.after()));
        both.add(HERE, 500, 600, VerifiableKey.of(Samples.deleted(off.after()).after()));

        assertThat(both.fault(new Seen(HERE, 450, 480, Request.FROM_NOWHERE, GRANTED)))
                .isEmpty();
        assertThat(both.fault(new Seen(HERE, 601, 700, Request.FROM_NOWHERE, GRANTED)))
                .contains(Fault.GRANTED_TOO_LATE);
        assertThat(both.fault(new Seen(HERE, 601, 700, Request.FROM_NOWHERE, INACTIVE)))
                .contains(Fault.REFUSED_FOR_ANOTHER_REASON);
    }
}
