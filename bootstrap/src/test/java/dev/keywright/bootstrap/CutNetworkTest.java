package dev.keywright.bootstrap;

import static dev.keywright.bootstrap.TcpProxy.Direction.FROM_SERVER;
import static dev.keywright.bootstrap.TcpProxy.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * the network between a node and its database is cut in the middle of creates, updates, verifications and deletes: it
 * goes silent in one direction or both, resets, or refuses. All kinds of cuts, several times, with the system property
 * {@code keywright.thorough=true}; else one that is silent and one that resets.
 */
@Tag("R-16")
final class CutNetworkTest {

    private static final boolean THOROUGH = Boolean.getBoolean("keywright.thorough");
    private static final int ROUNDS = THOROUGH ? 5 : 1;
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    /** Longer than any answer may take: after it, whoever asks meets a node that knows. */
    private static final Duration SILENCE = Duration.ofSeconds(8);

    /** A connection is waited for two seconds; the look for a good one may add one more. */
    private static final Duration FAST = Duration.ofSeconds(5);

    /** How the network fails, and how long for. */
    private enum Cut {
        SILENT_BOTH_WAYS(SILENCE, proxy -> proxy.fallSilent(TO_SERVER, FROM_SERVER)),
        RESET(Duration.ofSeconds(2), TcpProxy::resetAll),
        SILENT_TO_SERVER(SILENCE, proxy -> proxy.fallSilent(TO_SERVER)),
        SILENT_FROM_SERVER(SILENCE, proxy -> proxy.fallSilent(FROM_SERVER)),
        REFUSED(Duration.ofSeconds(8), TcpProxy::refuse),
        RESET_ONCE(Duration.ZERO, TcpProxy::resetAll),
        SILENT_FOR_A_MOMENT(Duration.ofSeconds(1), proxy -> proxy.fallSilent(TO_SERVER, FROM_SERVER));

        private final Duration length;
        private final Consumer<TcpProxy> begin;

        Cut(Duration length, Consumer<TcpProxy> begin) {
            this.length = length;
            this.begin = begin;
        }

        private static List<Cut> tried() {
            return THOROUGH ? List.of(values()) : List.of(SILENT_BOTH_WAYS, RESET);
        }
    }

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aNodeOutlivesEveryCutOfItsNetwork() throws Exception {
        try (ControlledPostgres postgres = ControlledPostgres.start(folder);
                TcpProxy network = TcpProxy.to(postgres.port());
                ServerProcess node = ServerProcess.start(
                        folder, Map.of("KEYWRIGHT_DB_URL", ControlledPostgres.url(network.port())))) {
            Api api = new Api(node.url(), node.firstKey().orElseThrow());
            List<Duration> recoveries = new ArrayList<>();
            KeyLoad load = new KeyLoad(List.of(node::url), api.key(), false);
            try (load) {
                load.start(4);
                for (int round = 0; round < ROUNDS; round++) {
                    for (Cut cut : Cut.tried()) {
                        Pauses.of(Duration.ofMillis(700));
                        cut(network, cut, api);
                        end(network, cut, round);
                        recoveries.add(load.untilSuccess(0));
                    }
                }
            }
            System.out.println("cuts: " + recoveries.size() + ", slowest recovery "
                    + Collections.max(recoveries).toMillis() + " ms; " + load);
            NothingLost.assertThatOf(load, postgres.url());
            load.settleCreates();
            NothingLost.assertThatOf(load, postgres.url());
            assertThat(load.unavailable()).isPositive();
            assertThat(recoveries).allSatisfy(took -> assertThat(took).isLessThan(RECOVERY));
        }
    }

    private static void cut(TcpProxy network, Cut cut, Api api) throws IOException, InterruptedException {
        cut.begin.accept(network);
        Pauses.of(cut.length);
        if (cut.length.equals(SILENCE)) {
            long begun = System.nanoTime();
            HttpResponse<String> answer = api.send("GET", "/keys", "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(FAST);
        }
    }

    /** Now what was held back arrives, now it never does and both ends keep a connection that is none. */
    private static void end(TcpProxy network, Cut cut, int round) {
        if (round % 2 == 0 && cut.length.equals(SILENCE)) {
            network.passNewOnesOnly();
        } else {
            network.pass();
        }
    }
}
