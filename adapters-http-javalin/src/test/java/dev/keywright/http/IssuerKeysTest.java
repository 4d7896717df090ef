package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.keywright.testkit.SettableTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-29")
class IssuerKeysTest {
    private final SettableTime time = SettableTime.at(Instant.parse("2026-03-02T09:15:00Z"));
    private final Issuer issuer = new Issuer();
    private final IssuerKeys keys = new IssuerKeys(issuer, time);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    /** An issuer in memory that counts how often it is asked. */
    private final class Issuer implements IssuerKeys.Fetcher {
        private JWKSet published = new JWKSet();
        private boolean away;
        private int asked;
        private Duration takes = Duration.ZERO;
        private CountDownLatch answers = new CountDownLatch(0);
        private final CountDownLatch hangs = new CountDownLatch(1);

        @Override
        public JWKSet fetch() throws IOException {
            asked++;
            time.advance(takes);
            if (answers.getCount() > 0) {
                hangs.countDown();
                await(answers);
            }
            if (away) {
                throw new IOException("away");
            }
            return published;
        }

        void publish(String... ids) throws JOSEException {
            JWK[] made = new JWK[ids.length];
            for (int at = 0; at < ids.length; at++) {
                made[at] = new ECKeyGenerator(Curve.P_256).keyID(ids[at]).generate();
            }
            published = new JWKSet(List.of(made));
        }
    }

    private List<String> found(String id) throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null).stream()
                .map(JWK::getKeyID)
                .toList();
    }

    @BeforeEach
    void publish() throws JOSEException {
        issuer.publish("first");
    }

    @AfterEach
    void letGo() {
        issuer.answers.countDown();
        callers.shutdownNow();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IOException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Somebody who waits for the issuer, which does not answer. */
    private Future<List<String>> waitingFor(String id) throws IOException {
        issuer.answers = new CountDownLatch(1);
        Future<List<String>> waiting = callers.submit(() -> found(id));
        await(issuer.hangs);
        return waiting;
    }

    /** What another caller is told while somebody waits. */
    private List<String> foundMeanwhile(String id) throws Exception {
        return callers.submit(() -> found(id)).get(5, TimeUnit.SECONDS);
    }

    @Test
    void whileOneCallerWaitsForTheIssuerTheOthersGoOnWithTheKnownKeys() throws Exception {
        found("first");
        time.advance(IssuerKeys.FRESH.plusMillis(1));
        Future<List<String>> waiting = waitingFor("first");

        assertThat(foundMeanwhile("first")).containsExactly("first");
        assertThat(waiting).isNotDone();

        issuer.answers.countDown();
        assertThat(waiting.get(5, TimeUnit.SECONDS)).containsExactly("first");
        assertThat(issuer.asked).isEqualTo(2);
    }

    @Test
    void aMadeUpTokenThatWaitsForTheIssuerHoldsNobodyElse() throws Exception {
        found("first");
        time.advance(IssuerKeys.PAUSE);
        Future<List<String>> waiting = waitingFor("made-up");

        assertThat(foundMeanwhile("first")).containsExactly("first");
        assertThatThrownBy(() -> foundMeanwhile("second")).hasCauseInstanceOf(KeySourceException.class);
        assertThat(waiting).isNotDone();
    }

    @Test
    void beforeTheFirstKeysOnlyOneCallerWaitsForTheIssuer() throws Exception {
        Future<List<String>> waiting = waitingFor("first");

        assertThatThrownBy(() -> foundMeanwhile("first")).hasCauseInstanceOf(KeySourceException.class);
        assertThat(waiting).isNotDone();

        issuer.answers.countDown();
        assertThat(waiting.get(5, TimeUnit.SECONDS)).containsExactly("first");
    }

    @Test
    void thePauseBeginsWhenATryEnds() {
        issuer.away = true;
        issuer.takes = IssuerKeys.PAUSE.multipliedBy(2);

        for (int token = 0; token < 5; token++) {
            assertThatThrownBy(() -> found("first")).isInstanceOf(KeySourceException.class);
        }
        assertThat(issuer.asked).isOne();
    }

    @Test
    void nothingIsFetchedBeforeATokenComes() {
        assertThat(issuer.asked).isZero();
    }

    @Test
    void oneFetchServesManyTokens() throws KeySourceException {
        for (int token = 0; token < 1_000; token++) {
            assertThat(found("first")).containsExactly("first");
        }

        assertThat(issuer.asked).isOne();
    }

    @Test
    void aNewKeyIsFoundAsSoonAsATokenNamesIt() throws Exception {
        found("first");
        issuer.publish("first", "second");
        time.advance(IssuerKeys.PAUSE);

        assertThat(found("second")).containsExactly("second");
    }

    @Test
    void strangersCannotMakeUsAskTheIssuerMoreOftenThanThePauseAllows() throws KeySourceException {
        for (int token = 0; token < 1_000; token++) {
            assertThat(found("unknown-" + token)).isEmpty();
            time.advance(Duration.ofMillis(100));
        }

        assertThat(issuer.asked).isLessThanOrEqualTo(11);
    }

    @Test
    void aKeyThatIsWithdrawnIsForgottenWithinAQuarterOfAnHour() throws Exception {
        found("first");
        issuer.publish("second");
        time.advance(IssuerKeys.FRESH.plusMillis(1));

        assertThat(found("first")).isEmpty();
    }

    @Test
    void beforeTheFirstFetchAnAbsentIssuerLeavesEverythingOpen() {
        issuer.away = true;

        for (int token = 0; token < 5; token++) {
            assertThatThrownBy(() -> found("first")).isInstanceOf(KeySourceException.class);
        }
        assertThat(issuer.asked).isOne();
    }

    @Test
    void afterThePauseAnIssuerThatIsBackIsAskedAgain() throws KeySourceException {
        issuer.away = true;
        assertThatThrownBy(() -> found("first")).isInstanceOf(KeySourceException.class);
        issuer.away = false;
        time.advance(IssuerKeys.PAUSE);

        assertThat(found("first")).containsExactly("first");
    }

    @Test
    void keysOnceFetchedServeWhileTheIssuerIsAway() throws KeySourceException {
        found("first");
        issuer.away = true;
        time.advance(IssuerKeys.FRESH.plus(IssuerKeys.STALE));

        assertThat(found("first")).containsExactly("first");
    }

    @Test
    void keysOnceFetchedDoNotServeForEver() throws KeySourceException {
        found("first");
        issuer.away = true;
        time.advance(IssuerKeys.FRESH.plus(IssuerKeys.STALE).plusMillis(1));

        assertThatThrownBy(() -> found("first")).isInstanceOf(KeySourceException.class);
    }

    @Test
    void whileTheIssuerIsAwayAnUnknownKeyMayBeANewOne() throws KeySourceException {
        found("first");
        issuer.away = true;
        time.advance(IssuerKeys.PAUSE);

        assertThatThrownBy(() -> found("second")).isInstanceOf(KeySourceException.class);
        assertThat(found("first")).containsExactly("first");
    }

    @Test
    void aClockThatStepsBackMakesUsAskAgain() throws KeySourceException {
        found("first");
        time.advance(Duration.ofDays(-1));

        assertThat(found("first")).containsExactly("first");
        assertThat(issuer.asked).isEqualTo(2);
    }
}
