package dev.keywright.jdbi;

import static dev.keywright.jdbi.StreamingStandby.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.ChangedKey;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A standby that is away, crashes or falls silent makes no look-up fail, and none late for long. */
final class StandbyAwayTest {

    private static final ChangeListener NOBODY = new ChangeListener() {
        @Override
        public void told(Collection<ChangedKey> changes, long asOf) {}

        @Override
        public void lost() {}
    };

    /** Half a second of silence, and room for a machine that has other things to do. */
    private static final Duration A_MOMENT = Duration.ofMillis(1_900);

    private final CompanyId company = Samples.company();

    @BeforeAll
    static void requireBinaries() {
        assumeTrue(
                StreamingStandby.isPossible(), "a standby needs PostgreSQL's binaries; the tests were given a server");
    }

    private static boolean isAnsweredByStandby(Database database, ApiKey key) {
        StandbyLookUps standby = database.standby().orElseThrow();
        long before = standby.answered();
        assertSeen(database, key);
        return standby.answered() > before;
    }

    private static void assertSeen(Database database, ApiKey key) {
        assertThat(database.store().lookUp(key.credential().reference())).contains(VerifiableKey.of(key));
    }

    private static void assertSeenWithin(Duration most, Database database, ApiKey key) {
        long start = System.nanoTime();
        assertSeen(database, key);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(most);
    }

    @Test
    void aStandbyThatIsAwayAtTheStartKeepsNobodyWaiting() {
        DatabaseSettings settings =
                StreamingStandby.running().newDatabase().withStandby("jdbc:postgresql://127.0.0.1:1/keys");
        try (Database database = Database.open(settings)) {
            ChangeListener feed = database.throughStandby(Duration.ofHours(1), NOBODY);
            ApiKey key = Samples.insert(database.store(), company);
            feed.told(List.of(), System.nanoTime());

            for (int i = 0; i < 50; i++) {
                assertSeenWithin(A_MOMENT, database, key);
            }

            assertThat(database.standby().orElseThrow().answered()).isZero();
        }
    }

    @Test
    void aStandbyThatCrashesIsReplacedByThePrimaryAndUsedAgainWhenItIsBack() {
        StreamingStandby servers = StreamingStandby.running();
        try (Database database = Database.open(servers.newDatabase())) {
            ChangeListener feed = database.throughStandby(Duration.ofHours(1), NOBODY);
            ApiKey key = Samples.insert(database.store(), company);
            feed.told(List.of(), System.nanoTime());
            until(() -> isAnsweredByStandby(database, key));

            servers.kill();
            ApiKey revoked;
            try {
                for (int i = 0; i < 50; i++) {
                    assertSeenWithin(A_MOMENT, database, key);
                }
                revoked = Samples.replace(database.store(), Samples.deactivated(key));
                assertSeen(database, revoked);
            } finally {
                servers.restart();
            }

            until(() -> isAnsweredByStandby(database, revoked));
        }
    }

    @Test
    void aSilentStandbyCostsLookUpsAMomentOnce() {
        StreamingStandby servers = StreamingStandby.running();
        DatabaseSettings settings = servers.newDatabase();
        try (Database database = Database.open(settings)) {
            ChangeListener feed = database.throughStandby(Duration.ofHours(1), NOBODY);
            ApiKey key = Samples.insert(database.store(), company);
            feed.told(List.of(), System.nanoTime());
            until(() -> isAnsweredByStandby(database, key));

            List<String> backends = servers.backends(settings);
            servers.signalBackends("STOP", backends);
            try {
                assertThat(backends).hasSizeGreaterThan(1);
                assertSeenWithin(A_MOMENT, database, key);
                long start = System.nanoTime();
                for (int i = 0; i < 10; i++) {
                    assertSeen(database, key);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_MOMENT);
            } finally {
                servers.signalBackends("CONT", backends);
            }

            until(() -> isAnsweredByStandby(database, key));
        }
    }
}
