package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.bootstrap.Nodes.Made;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes over one PostgreSQL, the third by way of a network that can fail: what one revokes the others grant no more,
 * soon while they hear of changes, and never later than the bound. One thousand revocations with the system property {@code
 * keywright.thorough=true}.
 */
@Tag("R-11")
final class ManyNodesTest {

    private static final boolean THOROUGH = Boolean.getBoolean("keywright.thorough");
    private static final int REVOCATIONS = THOROUGH ? 1_000 : 40;
    private static final int ROUNDS = THOROUGH ? 20 : 2;
    private static final Duration BOUND = Duration.ofSeconds(1);

    @TempDir
    private static Path folder = Path.of("");

    private static ControlledPostgres postgres;
    private static TcpProxy network;
    private static Nodes nodes;

    @BeforeAll
    static void start() throws Exception {
        postgres = ControlledPostgres.start(folder);
        network = TcpProxy.to(postgres.port());
        nodes = new Nodes(folder);
        nodes.start(postgres.url(), BOUND, Map.of());
        nodes.start(postgres.url(), BOUND, Map.of());
        nodes.start(ControlledPostgres.url(network.port()), BOUND, Map.of());
    }

    @AfterAll
    static void stop() {
        nodes.close();
        network.close();
        postgres.close();
    }

    /** A key that each node has in memory. */
    private static Made known() throws Exception {
        Made key = nodes.create(0);
        for (int node = 0; node < 3; node++) {
            assertThat(nodes.verdict(node, key)).isEqualTo("VALID");
        }
        return key;
    }

    @Test
    void revocationsAreSeenByTheOthersAtOnce() throws Exception {
        List<Duration> late = new ArrayList<>();
        for (int time = 0; time < REVOCATIONS; time++) {
            Made key = known();

            long acknowledged = nodes.revoke(time % 2, key);

            late.add(nodes.grantedAfter(acknowledged, 1 - time % 2, key));
            late.add(nodes.grantedAfter(acknowledged, 2, key));
            assertThat(nodes.verdict(time % 2, key)).isEqualTo("DELETED");
        }

        Collections.sort(late);
        Duration median = late.get(late.size() / 2);
        Duration p99 = late.get(late.size() * 99 / 100);
        Duration last = late.get(late.size() - 1);
        long granted = late.stream().filter(after -> !after.isNegative()).count();
        System.out.println(
                "revocations: " + REVOCATIONS + ", seen by two others each; of " + late.size() + " " + granted
                        + " were granted once more after the acknowledgement; last grant begun after it: median "
                        + median.toNanos() / 1_000
                        + " µs, p99 " + p99.toNanos() / 1_000 + " µs, latest " + last.toNanos() / 1_000 + " µs");
        assertThat(last).isLessThan(BOUND);
    }

    @Test
    void theyAreSeenWithinTheBoundWhileConnectionsOfTheFeedAreCut() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Made key = known();
            assertThat(cutFeeds()).isPositive();

            long acknowledged = nodes.revoke(0, key);

            assertThat(nodes.grantedAfter(acknowledged, 1, key)).isLessThan(BOUND);
            assertThat(nodes.grantedAfter(acknowledged, 2, key)).isLessThan(BOUND);
        }
    }

    private static int cutFeeds() throws Exception {
        try (Connection connection = DriverManager.getConnection(postgres.url());
                Statement statement = connection.createStatement();
                ResultSet cut = statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where application_name = 'keywright-feed'")) {
            cut.next();
            return cut.getInt(1);
        }
    }

    /** its clock went on while it stood still, and what it remembers from before is not granted. */
    @Test
    void aNodeThatWakesUpGrantsNothingFromBefore() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Made key = known();
            nodes.process(1).pause();

            long acknowledged = nodes.revoke(0, key);
            Pauses.of(Duration.ofMillis(1_500));
            nodes.process(1).resume();

            assertThat(nodes.grantedAfter(acknowledged, 1, key)).isLessThan(BOUND);
            assertThat(nodes.verdict(1, key)).isEqualTo("DELETED");
        }
    }

    /** Questions that were waiting when it woke up are answered by what is true then. */
    @Test
    void whatWasAskedWhileANodeStoodStillIsNotGrantedFromBefore() throws Exception {
        Made key = known();
        nodes.process(1).pause();
        long acknowledged = nodes.revoke(0, key);
        Pauses.of(BOUND.plusMillis(100));
        long asked = System.nanoTime();
        List<String> verdicts = Collections.synchronizedList(new ArrayList<>());
        List<Thread> gateways = new ArrayList<>();
        for (int gateway = 0; gateway < 4; gateway++) {
            Thread thread = new Thread(() -> verdicts.add(told(key)));
            thread.start();
            gateways.add(thread);
        }
        Pauses.of(Duration.ofMillis(200));

        nodes.process(1).resume();
        for (Thread gateway : gateways) {
            gateway.join(20_000);
        }

        assertThat(asked - acknowledged).isGreaterThan(BOUND.toNanos());
        assertThat(verdicts).hasSize(4).containsOnly("DELETED");
    }

    private static String told(Made key) {
        try {
            return nodes.verdict(1, key);
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** who cannot hear of revocations stops to grant, and says that it cannot tell, until it hears again. */
    @Test
    void aNodeThatIsCutOffStopsToGrantAtTheBoundAndRecovers() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Made revoked = known();
            Made kept = known();
            network.fallSilent(TcpProxy.Direction.TO_SERVER, TcpProxy.Direction.FROM_SERVER);

            long acknowledged = nodes.revoke(0, revoked);
            Duration granted = nodes.grantedAfter(acknowledged, 2, revoked);
            String later = nodes.verdict(2, kept);
            network.pass();

            assertThat(granted).isLessThan(BOUND);
            assertThat(later).isEqualTo("503");
            assertThat(backAfter(kept)).isLessThan(Duration.ofSeconds(15));
            assertThat(nodes.verdict(2, revoked)).isEqualTo("DELETED");
        }
    }

    /** How long it takes until the third node grants the key again; meanwhile it never says that the key is bad. */
    private static Duration backAfter(Made kept) throws Exception {
        long begin = System.nanoTime();
        for (String verdict = nodes.verdict(2, kept); !verdict.equals("VALID"); verdict = nodes.verdict(2, kept)) {
            assertThat(verdict).isEqualTo("503");
            assertThat(System.nanoTime() - begin)
                    .isLessThan(Duration.ofSeconds(30).toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** The setting that chooses otherwise: a node that is cut off goes on granting what it remembers, for as long as it is told. */
    @Test
    void withGraceANodeThatIsCutOffGoesOnGranting() throws Exception {
        try (TcpProxy itsNetwork = TcpProxy.to(postgres.port())) {
            int lenient = nodes.start(
                    ControlledPostgres.url(itsNetwork.port()), BOUND, Map.of("KEYWRIGHT_CUT_OFF_GRACE", "PT1M"));
            Made key = nodes.create(0);
            assertThat(nodes.verdict(lenient, key)).isEqualTo("VALID");
            itsNetwork.refuse();

            nodes.revoke(0, key);
            Pauses.of(BOUND.multipliedBy(2));
            String cutOff = nodes.verdict(lenient, key);
            itsNetwork.pass();
            long begin = System.nanoTime();
            while (nodes.verdict(lenient, key).equals("VALID")) {
                assertThat(System.nanoTime() - begin)
                        .isLessThan(Duration.ofSeconds(20).toNanos());
            }

            assertThat(cutOff).isEqualTo("VALID");
            assertThat(nodes.verdict(lenient, key)).isEqualTo("DELETED");
        }
    }
}
