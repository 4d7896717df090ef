package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.testkit.Samples;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** every change that was acknowledged is read, in whatever order changes are committed. */
final class EventReaderTest {

    private final CompanyId company = Samples.company();
    private final ToldChanges told = new ToldChanges();
    private final AtomicLong nanos = new AtomicLong();
    private final EventReader reader = new EventReader(told, nanos::get);

    private Database database;
    private Connection connection;

    private void open(Engine engine) throws SQLException {
        DatabaseSettings settings = engine.fresh();
        database = Database.open(settings);
        connection = DriverManager.getConnection(
                DatabaseUrl.parse(settings.url()).jdbcUrl(),
                settings.user().orElse("sa"),
                settings.password().orElse(""));
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    private void read() throws SQLException {
        nanos.addAndGet(1_000);
        reader.read(connection);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatChangesIsToldOnceInItsOrder(Engine engine) throws SQLException {
        open(engine);
        Samples.insert(database.store(), company);
        read();
        assertThat(told.changes()).isEmpty();

        ApiKey born = Samples.insert(database.store(), company);
        ApiKey switched = Samples.replace(database.store(), Samples.deactivated(born));
        read();
        ApiKey deleted = Samples.replace(database.store(), Samples.deleted(switched));
        read();
        read();

        assertThat(told.changes())
                .containsExactly(ToldChanges.of(born), ToldChanges.of(switched), ToldChanges.of(deleted));
        assertThat(told.isUpTo(3_999)).isTrue();
        assertThat(told.losses()).isEqualTo(1);
    }

    /** The first reading knows of nothing before it: whoever remembers something from before forgets it. */
    @ParameterizedTest
    @EnumSource
    void theFirstReadingTellsThatAnythingMayHaveChanged(Engine engine) throws SQLException {
        open(engine);

        read();

        assertThat(told.losses()).isEqualTo(1);
        assertThat(told.isUpTo(0)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyWithAnotherSecretIsToldWithBothReferences(Engine engine) throws SQLException {
        open(engine);
        ApiKey born = Samples.insert(database.store(), company);
        read();

        ApiKey other = withAnotherSecret(born);
        read();

        assertThat(told.has(other.credential().reference(), 2)).isTrue();
        assertThat(told.has(born.credential().reference(), 2)).isTrue();
    }

    private ApiKey withAnotherSecret(ApiKey key) {
        ApiKey after = Samples.described(key, "rotated").after();
        ApiKey rotated = new ApiKey(
                after.id(),
                after.company(),
                after.user(),
                Samples.credential(),
                after.allowList(),
                after.description(),
                after.scopes(),
                after.pin(),
                after.expiry(),
                after.enabled(),
                after.updatedAt(),
                after.deletedAt(),
                after.revision(),
                after.lastUse());
        return Samples.replace(
                database.store(),
                new KeyChange(rotated, Samples.described(key, "rotated").event()));
    }

    /** Two units of work, of which the one with the lower number commits last. */
    private void commitInReverse(Runnable between) throws Exception {
        CountDownLatch numbered = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        CompletableFuture<ApiKey> slow = CompletableFuture.supplyAsync(() -> {
            KeyChange birth = Samples.created(company);
            database.store().write(keys -> {
                keys.insert(birth, Samples.ACTOR);
                numbered.countDown();
                await(mayCommit);
                return birth;
            });
            return birth.after();
        });
        await(numbered);
        ApiKey quick = Samples.insert(database.store(), company);
        read();
        assertThat(told.changes()).containsExactly(ToldChanges.of(quick));

        between.run();
        mayCommit.countDown();
        ApiKey late = slow.get(20, TimeUnit.SECONDS);
        read();

        assertThat(told.changes()).containsExactly(ToldChanges.of(quick), ToldChanges.of(late));
        assertThat(told.losses()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("it never came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatCommitsBehindALaterNumberIsToldToo() throws Exception {
        open(Engine.POSTGRESQL);
        read();

        commitInReverse(() -> {});
    }

    @Test
    void whatWasUnderWayAtTheFirstReadingIsToldToo() throws Exception {
        open(Engine.POSTGRESQL);
        CountDownLatch numbered = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        KeyChange birth = Samples.created(company);
        CompletableFuture<KeyChange> slow =
                CompletableFuture.supplyAsync(() -> database.store().write(keys -> {
                    keys.insert(birth, Samples.ACTOR);
                    numbered.countDown();
                    await(mayCommit);
                    return birth;
                }));
        await(numbered);
        Samples.insert(database.store(), company);

        read();
        mayCommit.countDown();
        slow.get(20, TimeUnit.SECONDS);
        read();

        assertThat(told.changes()).containsExactly(ToldChanges.of(birth.after()));
    }

    /** Nobody looks for its number any more when it commits, so it takes another one. */
    @Test
    void whatCommitsTooLateIsToldUnderAnotherNumber() throws Exception {
        open(Engine.POSTGRESQL);
        read();

        commitInReverse(() -> {
            nanos.addAndGet(2 * EventReader.PATIENCE);
            quietly(this::read);
            nanos.addAndGet(2 * EventReader.PATIENCE);
            quietly(this::read);
            pass(Duration.ofNanos(Announcements.LATE + 1));
        });
    }

    private interface Step {
        void run() throws SQLException;
    }

    private static void quietly(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void pass(Duration time) {
        try {
            assertThat(new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersThatNobodyUsedAreNoTrouble(Engine engine) throws SQLException {
        open(engine);
        read();
        execute("alter table api_key_event alter column sequence restart with 500");

        ApiKey born = Samples.insert(database.store(), company);
        read();
        nanos.addAndGet(2 * EventReader.PATIENCE);
        read();
        read();

        assertThat(told.changes()).containsExactly(ToldChanges.of(born));
        assertThat(told.losses()).isEqualTo(1);
    }

    /** As after a restored backup: the numbers begin again before the place that was reached. */
    @ParameterizedTest
    @EnumSource
    void aPlaceThatIsGoneTellsThatAnythingMayHaveChanged(Engine engine) throws SQLException {
        open(engine);
        Samples.insertAll(database.store(), Samples.created(company, 3));
        read();

        execute("delete from api_key_event");
        read();

        assertThat(told.losses()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void tooMuchToTellOneByOneIsAnything(Engine engine) throws SQLException {
        open(engine);
        ApiKey born = Samples.insert(database.store(), company);
        read();
        int jump = 3 * MissingNumbers.MOST;
        execute("alter table api_key_event alter column sequence restart with " + jump);
        Samples.replace(database.store(), Samples.deactivated(born));

        read();
        int losses = told.losses();
        read();

        assertThat(losses).isEqualTo(2);
        assertThat(told.losses()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void anEventOfAProgramThatDoesNotTellWhoseItIsMayBeAnybodys(Engine engine) throws SQLException {
        open(engine);
        ApiKey born = Samples.insert(database.store(), company);
        read();
        Samples.replace(database.store(), Samples.deactivated(born));
        execute("update api_key_event set reference = null where revision = 2");

        read();
        read();

        assertThat(told.losses()).isEqualTo(2);
    }

    @Test
    void whatCouldNotBeToldForTroubleIsToldLater() throws SQLException {
        open(Engine.POSTGRESQL);
        read();
        ApiKey born = Samples.insert(database.store(), company);
        execute("alter table api_key_event rename column reference to elsewhere");
        assertThat(List.of(1, 2))
                .allSatisfy(time -> assertThatThrownBy(this::read).isInstanceOf(SQLException.class));

        execute("alter table api_key_event rename column elsewhere to reference");
        read();

        assertThat(told.changes()).containsExactly(ToldChanges.of(born));
    }
}
