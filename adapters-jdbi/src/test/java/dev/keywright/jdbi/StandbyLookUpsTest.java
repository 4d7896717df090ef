package dev.keywright.jdbi;

import static dev.keywright.jdbi.StreamingStandby.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keywright.application.spi.ChangeListener;
import dev.keywright.application.spi.ChangedKey;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Look-ups on a real hot standby whose lag is in the test's hands: what was changed is seen at once by those who changed it,
 * and by others as soon as they were told, however far the standby is behind.
 */
final class StandbyLookUpsTest {

    private static final ChangeListener NOBODY = new ChangeListener() {
        @Override
        public void told(Collection<ChangedKey> changes, long asOf) {}

        @Override
        public void lost() {}
    };

    private final CompanyId company = Samples.company();
    private static StreamingStandby servers;
    private static DatabaseSettings settings;
    private static Database database;
    private static ChangeListener feed;

    @BeforeAll
    static void open() {
        assumeTrue(
                StreamingStandby.isPossible(), "a standby needs PostgreSQL's binaries; the tests were given a server");
        servers = StreamingStandby.running();
        settings = servers.newDatabase();
        database = Database.open(settings);
        feed = database.throughStandby(Duration.ofHours(1), NOBODY);
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    private KeyStore store() {
        return database.store();
    }

    private StandbyLookUps standby() {
        return database.standby().orElseThrow();
    }

    private void tell(ChangedKey... changes) {
        feed.told(List.of(changes), System.nanoTime());
    }

    private static KeyReference reference(ApiKey key) {
        return key.credential().reference();
    }

    private static ChangedKey change(ApiKey key) {
        return new ChangedKey(reference(key), key.revision());
    }

    /** Whether it was the standby that answered. */
    private boolean isAnsweredByStandby(ApiKey key) {
        long before = standby().answered();
        assertSeen(key);
        return standby().answered() > before;
    }

    private void untilStandbyAnswers(ApiKey key) {
        until(() -> isAnsweredByStandby(key));
    }

    /** Both ways to look up give the key in this very state. */
    private void assertSeen(ApiKey key) {
        assertThat(store().lookUp(reference(key))).contains(VerifiableKey.of(key));
        assertThat(store().lookUp(Set.of(reference(key)))).containsExactly(VerifiableKey.of(key));
    }

    /** A key that the standby is asked for. */
    private ApiKey onStandby() {
        ApiKey key = Samples.insert(store(), company);
        tell();
        untilStandbyAnswers(key);
        return key;
    }

    private ApiKey changedElsewhere(ApiKey key) {
        try (Database other = Database.open(settings)) {
            return Samples.replace(other.store(), Samples.deactivated(key));
        }
    }

    @Test
    void aStandbyThatHasCaughtUpIsAsked() {
        ApiKey key = onStandby();

        assertThat(isAnsweredByStandby(key)).isTrue();
    }

    @Test
    void whoRevokesAKeySeesItAtOnceAndTheStandbyIsAskedAgainWhenItHasCaughtUp() {
        ApiKey key = onStandby();
        servers.pauseReplay();
        try {
            ApiKey revoked = Samples.replace(store(), Samples.deactivated(key));

            for (int i = 0; i < 20; i++) {
                assertThat(isAnsweredByStandby(revoked)).isFalse();
                tell(change(revoked));
            }
            servers.resumeReplay();
            untilStandbyAnswers(revoked);
        } finally {
            servers.resumeReplay();
        }
    }

    @Test
    void aNewKeyIsFoundAtOnce() {
        onStandby();
        servers.pauseReplay();
        try {
            ApiKey mine = Samples.insert(store(), company);
            assertSeen(mine);

            try (Database other = Database.open(settings)) {
                assertSeen(Samples.insert(other.store(), company));
            }
        } finally {
            servers.resumeReplay();
        }
    }

    /** The reference that the key had is no less changed than the one that it has. */
    @Test
    void aSecretThatWasReplacedFindsNothingAtOnce() {
        ApiKey key = onStandby();
        servers.pauseReplay();
        try {
            ApiKey after = withSecret(Samples.credential(), key);
            store().write(keys -> {
                keys.replace(new KeyChange(after, Samples.deactivated(key).event()), Samples.ACTOR);
                return after;
            });

            assertThat(store().lookUp(reference(key))).isEmpty();
            assertSeen(after);
        } finally {
            servers.resumeReplay();
        }
    }

    private static ApiKey withSecret(KeyCredential credential, ApiKey key) {
        ApiKey changed = Samples.deactivated(key).after();
        return new ApiKey(
                changed.id(),
                changed.company(),
                changed.user(),
                credential,
                changed.allowList(),
                changed.description(),
                changed.scopes(),
                changed.pin(),
                changed.expiry(),
                changed.enabled(),
                changed.updatedAt(),
                changed.deletedAt(),
                changed.revision(),
                changed.lastUse());
    }

    @Test
    void whatOthersRevokeIsSeenOnceItWasTold() {
        ApiKey key = onStandby();
        servers.pauseReplay();
        try {
            ApiKey revoked = changedElsewhere(key);
            assertSeen(key);

            tell(change(revoked));

            assertThat(isAnsweredByStandby(revoked)).isFalse();
        } finally {
            servers.resumeReplay();
        }
    }

    @Test
    void keysThatWereNotChangedAreLookedUpThereMeanwhile() {
        ApiKey changed = onStandby();
        ApiKey same = onStandby();
        servers.pauseReplay();
        try {
            ApiKey revoked = Samples.replace(store(), Samples.deactivated(changed));
            ApiKey created = Samples.insert(store(), company);

            assertThat(isAnsweredByStandby(same)).isTrue();
            assertThat(store().lookUp(Set.of(reference(revoked), reference(same), reference(created))))
                    .containsExactlyInAnyOrder(
                            VerifiableKey.of(revoked), VerifiableKey.of(same), VerifiableKey.of(created));
        } finally {
            servers.resumeReplay();
        }
    }

    @Test
    void whatTheFeedMissedIsSeenOnceItTellsAgain() {
        ApiKey key = onStandby();
        servers.pauseReplay();
        try {
            ApiKey revoked = changedElsewhere(key);
            feed.lost();
            assertThat(isAnsweredByStandby(revoked)).isFalse();

            tell();

            assertThat(isAnsweredByStandby(revoked)).isFalse();
            servers.resumeReplay();
            untilStandbyAnswers(revoked);
        } finally {
            servers.resumeReplay();
        }
    }

    @Test
    void aFeedThatIsSilentForTheBoundLeavesOnlyThePrimary() {
        ApiKey key = onStandby();

        feed.told(List.of(), System.nanoTime() - Duration.ofHours(1).toNanos());
        assertThat(isAnsweredByStandby(key)).isFalse();

        feed.told(List.of(), System.nanoTime() - Duration.ofMinutes(59).toNanos());
        assertThat(isAnsweredByStandby(key)).isTrue();
    }

    @Test
    void withoutAFeedTheStandbyIsNotEvenConnectedTo() {
        try (Database unwatched = Database.open(settings)) {
            ApiKey key = Samples.insert(unwatched.store(), company);

            assertThat(unwatched.store().lookUp(reference(key))).contains(VerifiableKey.of(key));
            unwatched.standby().orElseThrow().changed(Set.of(reference(key)));

            assertThat(unwatched.standby().orElseThrow().answered()).isZero();
        }
    }

    @Test
    void changesOfManyKeysDrain() {
        ApiKey seen = onStandby();
        List<ApiKey> keys = Samples.insertAll(store(), Samples.created(company, 300));
        tell();

        untilStandbyAnswers(keys.get(299));

        Set<KeyReference> all =
                new HashSet<>(keys.stream().map(StandbyLookUpsTest::reference).toList());
        all.add(reference(seen));
        assertThat(store().lookUp(all)).hasSize(301);
    }

    /** The writes of the tests above would fail there; and where the URL leads to a primary after all, these connections refuse them. */
    @Test
    void nothingIsEverWrittenThroughTheConnectionsToAStandby() throws SQLException {
        DatabaseUrl primary = DatabaseUrl.parse(settings.url());
        Credentials credentials = Credentials.of(settings, Dialect.POSTGRESQL);

        try (Connection connection = StandbyConnections.connect(primary.jdbcUrl(), credentials);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("create table written (x int)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("25006"));
        }
    }

    @Test
    void aServerThatIsNoStandbyOfThisPrimaryIsNeverAsked() {
        DatabaseSettings another = PostgresServer.running().newDatabase();

        for (String url : List.of(settings.url() + "?ApplicationName=itself", another.url())) {
            try (Database wrong = Database.open(new DatabaseSettings(
                            settings.url().replace("localhost", "127.0.0.1"), settings.user(), Optional.empty())
                    .withStandby(url))) {
                ApiKey key = Samples.insert(wrong.store(), company);
                StandbyLookUps standby = wrong.standby().orElseThrow();
                ChangeListener listener = standby.listener(Duration.ofHours(1), NOBODY);
                for (int i = 0; i < 3; i++) {
                    standby.step();
                    listener.told(List.of(), System.nanoTime());
                    assertThat(wrong.store().lookUp(reference(key))).contains(VerifiableKey.of(key));
                }

                assertThat(standby.answered()).isZero();
            }
        }
    }
}
