package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSHeader;
import dev.keywright.testkit.SettableTime;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Contract section 6: how the issuer's keys are fetched, kept, replaced and missed. */
@Tag("R-29")
class IssuerAwayTest {

    private final SettableTime tokenTime = SettableTime.at(LiveServer.START);
    private final LittleIssuer issuer = new LittleIssuer(tokenTime);
    private final LiveServer server =
            LiveServer.with(settings -> settings.withOAuth2(issuer.settings())).start();

    @AfterEach
    void stop() {
        server.close();
        issuer.close();
    }

    /** Without idle connections, so that a server ends at once. */
    private ApiClient bearing(String token) {
        return server.anonymous().withBearer(token).with("Connection", "close");
    }

    private Answer call() {
        return bearing(issuer.token("acme", "keys:read")).get("/keys");
    }

    private void advance(Duration by) {
        server.time.advance(by);
        tokenTime.advance(by);
    }

    @Test
    void theKeysAreFetchedOnceForManyTokens() {
        for (int at = 0; at < 50; at++) {
            assertThat(call().status()).isEqualTo(200);
        }
        assertThat(issuer.fetches).hasValue(1);
    }

    @Test
    void aRotatedKeyIsPickedUpAndTheOldOneEnds() {
        assertThat(call().status()).isEqualTo(200);
        String old = issuer.token("acme", "keys:read");
        issuer.rotate();
        advance(Duration.ofSeconds(30));

        assertThat(call().status()).isEqualTo(200);
        assertThat(bearing(old).get("/keys").status()).isEqualTo(401);
    }

    @Test
    void unknownKeyIdsDoNotMakeOneFetchEach() {
        assertThat(call().status()).isEqualTo(200);
        advance(Duration.ofSeconds(30));
        for (int at = 0; at < 50; at++) {
            String id = "made-up-" + at;
            UnaryOperator<JWSHeader.Builder> header = builder -> builder.keyID(id);
            String token = issuer.token(issuer.claims("acme", "keys:read"), header);
            assertThat(bearing(token).get("/keys").status()).isEqualTo(401);
        }
        assertThat(issuer.fetches.get()).isLessThanOrEqualTo(3);
        assertThat(call().status()).isEqualTo(200);
    }

    @Test
    @Tag("R-16")
    void withAColdCacheAnIssuerThatIsAwayIs503AndNever401() {
        issuer.goDown();
        Answer answer = call();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.type()).isEqualTo("/problems/unavailable");
        assertThat(server.tenant()
                        .client()
                        .with("Connection", "close")
                        .get("/keys")
                        .status())
                .isEqualTo(200);
        assertThat(server.anonymous().with("Connection", "close").get("/keys").status())
                .isEqualTo(401);

        issuer.comeBack();
        advance(Duration.ofSeconds(30));
        assertThat(call().status()).isEqualTo(200);
    }

    @Test
    void withAWarmCacheAnIssuerThatIsAwayIsNotMissed() {
        assertThat(call().status()).isEqualTo(200);
        issuer.goDown();
        advance(Duration.ofMinutes(20));
        assertThat(call().status()).isEqualTo(200);
    }

    @Test
    void keysAreNotKeptForever() {
        assertThat(call().status()).isEqualTo(200);
        issuer.goDown();
        advance(Duration.ofHours(48));
        assertThat(call().status()).isEqualTo(503);
    }

    @Test
    void anIssuerThatIsNowhereIs503() {
        String token = issuer.token("acme", "keys:read");
        issuer.close();
        assertThat(bearing(token).get("/keys").status()).isEqualTo(503);
    }

    @Test
    void theKeysAreFoundByTheIssuersMetadata() {
        OAuth2Settings discovered = OAuth2Settings.of(issuer.issuer(), LittleIssuer.AUDIENCE);
        try (LiveServer other =
                LiveServer.with(settings -> settings.withOAuth2(discovered)).start()) {
            String token = issuer.token("acme", "keys:read");
            assertThat(other.anonymous()
                            .withBearer(token)
                            .with("Connection", "close")
                            .get("/keys")
                            .status())
                    .isEqualTo(200);
        }
    }
}
