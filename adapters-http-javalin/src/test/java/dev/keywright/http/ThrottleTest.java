package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.IpRange;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract sections 6, 7 and 10: who fails too often is told to wait, and nobody else notices. */
@Tag("R-18")
@Tag("R-60")
class ThrottleTest {

    @RegisterExtension
    static final LiveServer UNTHROTTLED = LiveServer.shared();

    private static final int PER_MINUTE = 5;

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.with(settings ->
            settings.withAuthFailuresPerMinute(PER_MINUTE).withTrustedProxies(List.of(IpRange.parse("127.0.0.1"))));

    private final ApiClient good = SERVER.tenant().client();
    private final ApiClient bad = SERVER.anonymous().withKey("nonsense");

    @BeforeEach
    void aFreshMinute() {
        SERVER.time.advance(Duration.ofMinutes(10));
    }

    private void failFreely(ApiClient caller) {
        for (int at = 0; at < PER_MINUTE; at++) {
            assertThat(caller.get("/keys").status()).isEqualTo(401);
        }
    }

    @Test
    void afterTheFreeFailuresOneIsToldToWaitAndWaitingHelps() {
        failFreely(bad);

        Answer refused = bad.get("/keys");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.type()).isEqualTo("/problems/too-many-requests");
        int seconds = Integer.parseInt(refused.header("Retry-After").orElseThrow());
        assertThat(seconds).isBetween(1, 60);

        SERVER.time.advance(Duration.ofSeconds(seconds));
        assertThat(bad.get("/keys").status()).isEqualTo(401);
        assertThat(bad.get("/keys").status()).isEqualTo(429);
    }

    @Test
    void goodKeysFromTheSameAddressGoOnWorking() {
        failFreely(bad);
        for (int at = 0; at < 20; at++) {
            assertThat(bad.get("/keys").status()).isEqualTo(429);
            assertThat(good.get("/keys").status()).isEqualTo(200);
        }
        assertThat(good.post("/keys", "{\"userId\":\"alice\"}").status()).isEqualTo(201);
    }

    @Test
    void everyKindOfFailureCountsAndIsRefusedAlike() {
        failFreely(SERVER.anonymous());

        Answer none = SERVER.anonymous().get("/keys");
        assertThat(none.status()).isEqualTo(429);
        assertThat(bad.get("/keys").comparable()).isEqualTo(none.comparable());
        assertThat(SERVER.anonymous().withBearer("a.b.c").get("/keys").comparable())
                .isEqualTo(none.comparable());
        assertThat(SERVER.anonymous().post("/nowhere", "{}").status()).isEqualTo(429);
    }

    @Test
    void whatIsNoFailedAuthenticationDoesNotCount() {
        for (int at = 0; at < 3 * PER_MINUTE; at++) {
            assertThat(good.verify("key", "nonsense").json().path("code").asText())
                    .isEqualTo("NOT_FOUND");
            assertThat(good.get("/nowhere").status()).isEqualTo(404);
            assertThat(good.get("/keys?limit=0").status()).isEqualTo(400);
            assertThat(SERVER.anonymous().get("/health/live").status()).isEqualTo(200);
        }
        assertThat(bad.get("/keys").status()).isEqualTo(401);
    }

    @Test
    void everyAddressHasItsOwnCount() {
        ApiClient one = bad.with("X-Forwarded-For", "203.0.113.1");
        ApiClient other = bad.with("X-Forwarded-For", "203.0.113.2");
        failFreely(one);
        assertThat(one.get("/keys").status()).isEqualTo(429);
        assertThat(other.get("/keys").status()).isEqualTo(401);
    }

    @Test
    void manyAddressesOfOneIpv6NetworkCountAsOne() {
        for (int at = 0; at < PER_MINUTE; at++) {
            assertThat(bad.with("X-Forwarded-For", "2001:db8:1:2::" + at)
                            .get("/keys")
                            .status())
                    .isEqualTo(401);
        }
        assertThat(bad.with("X-Forwarded-For", "2001:db8:1:2::abcd")
                        .get("/keys")
                        .status())
                .isEqualTo(429);
        assertThat(bad.with("X-Forwarded-For", "2001:db8:1:3::1").get("/keys").status())
                .isEqualTo(401);
    }

    @Test
    void healthAndDocumentsAreNeverRefused() {
        failFreely(bad);
        assertThat(bad.get("/keys").status()).isEqualTo(429);
        assertThat(SERVER.anonymous().get("/health/live").status()).isEqualTo(200);
        assertThat(SERVER.anonymous().get("/openapi.json").status()).isEqualTo(200);
    }

    @Test
    void zeroSwitchesItOff() {
        ApiClient unthrottled = UNTHROTTLED.anonymous();
        for (int at = 0; at < 200; at++) {
            assertThat(unthrottled.get("/keys").status()).isEqualTo(401);
        }
    }
}
