package dev.keywright.jdbi;

import static dev.keywright.jdbi.StreamingStandby.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.ChangedKey;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.jdbi.StandbyConnections.Opening;
import dev.keywright.testkit.Samples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens between a question to the standby and its answer, with the moments chosen by the test. */
final class StandbyRacesTest {

    /** Where a question stops: it has its answer, and has not given it. */
    private record Stop(CountDownLatch reached, CountDownLatch goOn) {
        Stop() {
            this(new CountDownLatch(1), new CountDownLatch(1));
        }
    }

    private final AtomicReference<Optional<Stop>> next = new AtomicReference<>(Optional.empty());
    private StreamingStandby servers;
    private Database primary;
    private HikariDataSource atPrimary;
    private StandbyLookUps standby;
    private ApiKey key;

    @BeforeAll
    static void requireBinaries() {
        assumeTrue(
                StreamingStandby.isPossible(), "a standby needs PostgreSQL's binaries; the tests were given a server");
    }

    @BeforeEach
    void open() {
        servers = StreamingStandby.running();
        DatabaseSettings settings = servers.newDatabase();
        primary = Database.open(settings);
        Credentials credentials = Credentials.of(settings, Dialect.POSTGRESQL);
        Opening opening =
                () -> stopping(StandbyConnections.connect(settings.standbyUrl().orElseThrow(), credentials));
        atPrimary = new HikariDataSource();
        atPrimary.setJdbcUrl(settings.url());
        atPrimary.setUsername(settings.user().orElseThrow());
        atPrimary.setMaximumPoolSize(1);
        standby = new StandbyLookUps(opening, 2, atPrimary);
        key = Samples.insert(primary.store(), Samples.company());
    }

    @AfterEach
    void close() {
        next.get().ifPresent(stop -> stop.goOn().countDown());
        standby.close();
        atPrimary.close();
        primary.close();
    }

    /** The same connection, on which a look-up stops after its statement was answered if a test wants it to. */
    private Connection stopping(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && arguments[0].equals(KeySql.LOOK_UP)) {
                        // The snapshot is that of the first statement of the transaction.
                        Optional<Stop> stop = next.getAndSet(Optional.empty());
                        if (stop.isPresent()) {
                            real.setAutoCommit(false);
                            try (var statement = real.createStatement()) {
                                statement.execute("set transaction isolation level repeatable read");
                                statement.execute("select 1");
                            }
                            stop.get().reached().countDown();
                            stop.get().goOn().await(30, TimeUnit.SECONDS);
                        }
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private KeyReference reference() {
        return key.credential().reference();
    }

    private ChangeListener watched(List<String> order) {
        return standby.listener(Duration.ofHours(1), new ChangeListener() {
            @Override
            public void told(Collection<ChangedKey> changes, long asOf) {
                order.add("told: " + standby.lookUp(reference()).isPresent());
            }

            @Override
            public void lost() {
                order.add("lost: " + standby.lookUp(reference()).isPresent());
            }
        });
    }

    private void caughtUp(ChangeListener feed) {
        feed.told(List.of(), System.nanoTime());
        until(() -> {
            standby.step();
            return standby.lookUp(reference()).isPresent();
        });
    }

    private CompletableFuture<Optional<VerifiableKey>> askedAndStopped(Stop stop) throws InterruptedException {
        next.set(Optional.of(stop));
        CompletableFuture<Optional<VerifiableKey>> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> answer.complete(standby.lookUp(reference())));
        asking.setDaemon(true);
        asking.start();
        assertThat(stop.reached().await(30, TimeUnit.SECONDS)).isTrue();
        return answer;
    }

    @Test
    void anAnswerThatAChangeOvertookIsNotGiven() throws Exception {
        ChangeListener feed = watched(new ArrayList<>());
        caughtUp(feed);
        Stop stop = new Stop();
        CompletableFuture<Optional<VerifiableKey>> answer = askedAndStopped(stop);

        ApiKey revoked = Samples.replace(primary.store(), Samples.deactivated(key));
        feed.told(List.of(new ChangedKey(reference(), revoked.revision())), System.nanoTime());
        stop.goOn().countDown();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void whoForgetsAKeyOnBeingToldFindsItsOldStateNowhere() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        ChangeListener feed = watched(order);
        caughtUp(feed);
        order.clear();
        servers.pauseReplay();
        try {
            ApiKey revoked = Samples.replace(primary.store(), Samples.deactivated(key));
            feed.told(List.of(new ChangedKey(reference(), revoked.revision())), System.nanoTime());
            feed.lost();
        } finally {
            servers.resumeReplay();
        }

        assertThat(order).containsExactly("told: false", "lost: false");
    }

    @Test
    void connectionsThatWereOpenedAnewAreNotAskedBeforeTheStandbyHasWhatThePrimaryHadThen() {
        ChangeListener feed = watched(new ArrayList<>());
        feed.told(List.of(), System.nanoTime());

        standby.step();
        assertThat(standby.lookUp(reference())).isEmpty();
        servers.pauseReplay();
        try {
            ApiKey revoked = Samples.replace(primary.store(), Samples.deactivated(key));
            standby.step();
            standby.step();
            assertThat(standby.lookUp(reference())).isEmpty();

            servers.resumeReplay();
            until(() -> {
                standby.step();
                return standby.lookUp(Set.of(reference())).equals(List.of(VerifiableKey.of(revoked)));
            });
        } finally {
            servers.resumeReplay();
        }
    }
}
