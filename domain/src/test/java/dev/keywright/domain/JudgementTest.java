package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract section 9 from the moment on at which the digest matches: one decision, in one order. */
class JudgementTest {

    private static final Instant END = Keys.CREATED.plusSeconds(60);
    private static final IpAddress INSIDE = IpAddress.parse("10.0.0.1");
    private static final IpAddress OUTSIDE = IpAddress.parse("11.0.0.1");
    private static final Scopes HELD = Keys.scopes("keys:read", "orders:read");
    private static final ApiKey KEY = Keys.of(KeyDraft.of(Keys.ALICE)
            .withAllowList(Keys.allowList("192.0.2.0/24", "10.0.0.0/8"))
            .withScopes(HELD)
            .withExpiry(Expiry.at(END)));

    enum Client {
        INSIDE,
        OUTSIDE,
        UNKNOWN
    }

    /** One line of the table of everything that can be wrong. */
    record Faults(boolean deleted, boolean off, boolean expired, Client client, boolean scopeLacks) {

        /** The first fault in the contract's order. */
        Optional<Denial> expected() {
            List<Denial> all = new ArrayList<>();
            if (deleted) {
                all.add(Denial.DELETED);
            }
            if (off) {
                all.add(Denial.INACTIVE);
            }
            if (expired) {
                all.add(Denial.EXPIRED);
            }
            if (client == Client.UNKNOWN) {
                all.add(Denial.IP_REQUIRED);
            }
            if (client == Client.OUTSIDE) {
                all.add(Denial.IP_NOT_ALLOWED);
            }
            if (scopeLacks) {
                all.add(Denial.INSUFFICIENT_SCOPE);
            }
            return all.stream().findFirst();
        }
    }

    static List<Faults> allCombinations() {
        List<Faults> all = new ArrayList<>();
        for (int bits = 0; bits < 16; bits++) {
            for (Client client : Client.values()) {
                all.add(new Faults((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, client, (bits & 8) != 0));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("allCombinations")
    void theFirstReasonInTheOrderIsTold(Faults faults) {
        ApiKey key = KEY;
        if (faults.off()) {
            key = key.deactivate(Keys.CREATED).orElseThrow().after();
        }
        if (faults.deleted()) {
            key = key.delete(Keys.CREATED).orElseThrow().after();
        }
        Optional<IpAddress> client = switch (faults.client()) {
            case INSIDE -> Optional.of(INSIDE);
            case OUTSIDE -> Optional.of(OUTSIDE);
            case UNKNOWN -> Optional.empty();
        };
        Scopes required = faults.scopeLacks() ? Keys.scopes("orders:read", "orders:write") : HELD;

        VerifiableKey judged = VerifiableKey.of(key);
        Verification verdict =
                judged.judge(InstantSource.fixed(faults.expired() ? END : END.minusMillis(1)), client, required);

        Verification expected =
                faults.expected().<Verification>map(expectedDenial(judged)).orElse(new Verification.Granted(judged));
        assertThat(verdict).isEqualTo(expected);
        assertThat(verdict.isGranted()).isEqualTo(faults.expected().isEmpty());
    }

    private static Function<Denial, Verification> expectedDenial(VerifiableKey key) {
        return reason -> new Verification.Denied(
                reason,
                Optional.of(key),
                reason == Denial.INSUFFICIENT_SCOPE ? Keys.scopes("orders:write") : Scopes.none());
    }

    @Test
    void aKeyWithoutRulesIsGrantedToAnybody() {
        VerifiableKey plain = VerifiableKey.of(Keys.plain());

        assertThat(plain.judge(InstantSource.fixed(Instant.MAX), Optional.empty(), Scopes.none()))
                .isEqualTo(new Verification.Granted(plain));
        assertThat(plain.judge(InstantSource.fixed(Keys.CREATED), Optional.of(OUTSIDE), Scopes.none())
                        .isGranted())
                .isTrue();
    }

    @Test
    void aKeyHasNoScopeUnlessItWasGivenIt() {
        VerifiableKey plain = VerifiableKey.of(Keys.plain());

        Verification verdict =
                plain.judge(InstantSource.fixed(Keys.CREATED), Optional.empty(), Keys.scopes("keys:read"));

        assertThat(verdict)
                .isEqualTo(new Verification.Denied(
                        Denial.INSUFFICIENT_SCOPE, Optional.of(plain), Keys.scopes("keys:read")));
    }

    @Test
    void atTheVeryInstantOfItsExpiryAKeyHasEnded() {
        Optional<IpAddress> client = Optional.of(INSIDE);

        assertThat(VerifiableKey.of(KEY)
                        .judge(InstantSource.fixed(END.minusNanos(1)), client, HELD)
                        .isGranted())
                .isTrue();
        assertThat(VerifiableKey.of(KEY).judge(InstantSource.fixed(END), client, HELD))
                .isInstanceOfSatisfying(
                        Verification.Denied.class,
                        denied -> assertThat(denied.reason()).isEqualTo(Denial.EXPIRED));
    }

    @Test
    void aMappedAddressIsJudgedAsTheAddressItMaps() {
        assertThat(VerifiableKey.of(KEY)
                        .judge(InstantSource.fixed(Keys.CREATED), Optional.of(IpAddress.parse("::ffff:10.0.0.1")), HELD)
                        .isGranted())
                .isTrue();
    }

    @Test
    void aTightenedListCountsAtOnce() {
        //
        ApiKey tightened = KEY.update(
                        KeyUpdate.nothing().withAllowList(Keys.allowList("192.0.2.0/24")), Keys.CREATED, Duration.ZERO)
                .orElseThrow()
                .after();

        assertThat(VerifiableKey.of(tightened)
                        .judge(InstantSource.fixed(Keys.CREATED), Optional.of(INSIDE), HELD)
                        .isGranted())
                .isFalse();
    }

    @Test
    void aClockThatStepsBackBehindTheLastChangeRevivesNoExpiredKey() {
        // time never runs backwards for a key
        ApiKey changedAfterItsEnd = KEY.update(
                        KeyUpdate.nothing().withDescription(new Description("ended")),
                        END.plusSeconds(1),
                        Duration.ZERO)
                .orElseThrow()
                .after();

        assertThat(VerifiableKey.of(changedAfterItsEnd)
                        .judge(InstantSource.fixed(END.minusSeconds(1)), Optional.of(INSIDE), HELD)
                        .isGranted())
                .isFalse();
    }

    @Test
    void whoHasNotProvenToHoldAKeyLearnsNothing() {
        //
        Verification.Denied denied = Verification.Denied.notFound();

        assertThat(denied.reason()).isEqualTo(Denial.NOT_FOUND);
        assertThat(denied.key()).isEmpty();
        assertThat(denied.missing().isEmpty()).isTrue();
        assertThat(denied.isGranted()).isFalse();
    }

    @Test
    void theReasonsAreListedInTheOrderInWhichTheyAreLookedAt() {
        assertThat(Denial.values())
                .containsExactly(
                        Denial.NOT_FOUND,
                        Denial.DELETED,
                        Denial.INACTIVE,
                        Denial.EXPIRED,
                        Denial.IP_REQUIRED,
                        Denial.IP_NOT_ALLOWED,
                        Denial.INSUFFICIENT_SCOPE);
    }
}
