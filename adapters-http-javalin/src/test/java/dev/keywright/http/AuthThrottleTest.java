package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.IpAddress;
import dev.keywright.testkit.SettableTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-18")
class AuthThrottleTest {
    private final SettableTime time = SettableTime.at(Instant.parse("2026-03-02T09:15:00Z"));
    private final AuthThrottle throttle = new AuthThrottle(3, time);

    private static Optional<IpAddress> from(String address) {
        return Optional.of(IpAddress.parse(address));
    }

    private void failThreeTimes(String address) {
        for (int failure = 0; failure < 3; failure++) {
            assertThat(throttle.failed(from(address))).isEmpty();
        }
    }

    @Test
    void theFailuresOfAMinuteAreFreeAndTheNextHasToWait() {
        failThreeTimes("192.0.2.1");

        assertThat(throttle.failed(from("192.0.2.1"))).hasValue(20);
    }

    @Test
    void whoeverWaitsAsLongAsToldMayFailAgain() {
        failThreeTimes("192.0.2.1");

        time.advance(Duration.ofSeconds(20));

        assertThat(throttle.failed(from("192.0.2.1"))).isEmpty();
        assertThat(throttle.failed(from("192.0.2.1"))).isPresent();
    }

    @Test
    void refusedAttemptsDoNotProlongTheWait() {
        failThreeTimes("192.0.2.1");

        for (int attempt = 0; attempt < 1_000; attempt++) {
            assertThat(throttle.failed(from("192.0.2.1"))).hasValue(20);
        }
    }

    @Test
    void addressesAreToldApart() {
        failThreeTimes("192.0.2.1");

        assertThat(throttle.failed(from("192.0.2.2"))).isEmpty();
        assertThat(throttle.failed(from("::1"))).isEmpty();
        assertThat(throttle.failed(Optional.empty())).isEmpty();
    }

    @Test
    void anIpv6SubscriberIsOneSource() {
        failThreeTimes("2001:db8:0:7::1");

        assertThat(throttle.failed(from("2001:db8:0:7:ffff::2"))).isPresent();
        assertThat(throttle.failed(from("2001:db8:0:8::1"))).isEmpty();
    }

    @Test
    void zeroSwitchesItOff() {
        AuthThrottle off = new AuthThrottle(0, time);

        for (int attempt = 0; attempt < 10_000; attempt++) {
            assertThat(off.failed(from("192.0.2.1"))).isEmpty();
        }
    }

    @Test
    void aClockThatStepsBackNeitherForgivesNorFails() {
        failThreeTimes("192.0.2.1");

        time.advance(Duration.ofHours(-1));

        assertThat(throttle.failed(from("192.0.2.1"))).isPresent();
    }
}
