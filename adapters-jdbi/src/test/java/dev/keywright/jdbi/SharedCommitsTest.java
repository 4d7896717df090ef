package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keywright.application.spi.StoreFailure;
import dev.keywright.testkit.Samples;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** units of work in one transaction of an H2 file, with one sync for all, and each undone or kept as if it were alone. */
final class SharedCommitsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int OTHERS = 16;
    private static final String NOT_KNOWN = "whether the change was kept is not known";

    private final DatabaseSettings settings = TestDatabases.inFile();
    private final DatabaseUrl url = DatabaseUrl.parse(settings.url()).throughFileSystem(FaultyDisk.PREFIX);
    private final Medium medium = FaultyDisk.holding(url.file().orElseThrow());
    private final Jdbi sql = Jdbi.create(url.jdbcUrl(), "sa", "");
    private final KeptEvents kept = new KeptEvents();
    private final List<Unit> units = new ArrayList<>();
    private Handle keptOpen;
    private SharedCommits commits = new SharedCommits(sql, Optional.of(kept), LONG, LONG);

    @BeforeEach
    void open() {
        Database.open(url, settings, 1, 1).close();
        keptOpen = sql.open();
        keptOpen.execute("create table written (number integer primary key, times integer not null default 0)");
        keptOpen.execute("checkpoint sync");
    }

    @AfterEach
    void close() {
        keptOpen.close();
    }

    /** A unit of work on a thread of its own. */
    private final class Unit {

        private final CountDownLatch runs = new CountDownLatch(1);
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final Thread thread;
        private volatile @Nullable Throwable failure;
        private volatile long syncsWhenTold;
        private volatile boolean interrupted;

        Unit(Function<Handle, Object> work) {
            thread = new Thread(() -> {
                failure = catchThrowable(() -> commits.write(handle -> {
                    runs.countDown();
                    pass(mayEnd);
                    return work.apply(handle);
                }));
                syncsWhenTold = medium.forces();
                interrupted = Thread.interrupted();
            });
            thread.start();
            units.add(this);
        }

        Unit whichRuns() {
            pass(runs);
            return this;
        }

        Unit whichWaits() {
            while (thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            return this;
        }
    }

    private static void pass(CountDownLatch latch) {
        boolean interrupted = Thread.interrupted();
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Function<Handle, Object> inserts(int number) {
        return handle -> {
            int inserted = handle.execute("insert into written (number) values (?)", number);
            return inserted;
        };
    }

    /** As every unit of work of the store does, it says so before. */
    private Unit insert(int number) {
        return new Unit(handle -> {
            commits.noteChange();
            return inserts(number).apply(handle);
        });
    }

    private static List<Integer> numbers(Handle handle) {
        return handle.createQuery("select number from written order by number")
                .mapTo(int.class)
                .list();
    }

    private List<Integer> kept() {
        return sql.withHandle(SharedCommitsTest::numbers);
    }

    private void letAllEnd() throws InterruptedException {
        units.forEach(unit -> unit.mayEnd.countDown());
        for (Unit unit : units) {
            unit.thread.join(LONG.toMillis());
            assertThat(unit.thread.isAlive()).isFalse();
        }
    }

    @Test
    void thoseWhoComeDuringAUnitOfWorkShareItsCommitAndItsSync() throws InterruptedException {
        long syncs = medium.forces();
        long writes = medium.writes();
        Unit first = insert(0).whichRuns();
        for (int other = 1; other <= OTHERS; other++) {
            insert(other).whichWaits();
        }
        assertThat(kept()).isEmpty();

        letAllEnd();

        assertThat(units).allSatisfy(unit -> {
            assertThat(unit.failure).isNull();
            assertThat(unit.syncsWhenTold).isEqualTo(syncs + 1);
        });
        assertThat(first.syncsWhenTold).isEqualTo(medium.forces());
        assertThat(medium.writes()).isLessThan(writes + OTHERS);
        assertThat(kept()).hasSize(1 + OTHERS);
    }

    /** What all of them write must find space in the {@link Reserve}, however many wait. */
    @Test
    void onlySoManyShareACommit() throws InterruptedException {
        insert(0).whichRuns();
        Unit second = insert(1).whichWaits();
        for (int other = 2; other < SharedCommits.MOST; other++) {
            insert(other).whichWaits();
        }
        Unit next = insert(SharedCommits.MOST).whichWaits();

        units.stream().filter(unit -> unit != next).forEach(unit -> unit.mayEnd.countDown());
        next.whichRuns();

        second.thread.join(LONG.toMillis());
        assertThat(second.thread.isAlive()).isFalse();
        assertThat(second.failure).isNull();
        assertThat(kept()).hasSize(SharedCommits.MOST);
        letAllEnd();
        assertThat(units).allSatisfy(unit -> assertThat(unit.failure).isNull());
        assertThat(kept()).hasSize(SharedCommits.MOST + 1);
    }

    /** The one that leads waits for its turn, and need not have it any more. */
    @Test
    void whoLeadsAGroupThatIsFullIsToldOfItsCommitAlsoWhenItsTurnDoesNotCome() throws InterruptedException {
        commits = new SharedCommits(sql, Optional.of(kept), LONG, Duration.ofSeconds(1));
        Unit first = insert(0).whichRuns();
        for (int other = 1; other <= SharedCommits.MOST; other++) {
            insert(other).whichWaits();
        }
        Unit next = units.get(SharedCommits.MOST);
        units.stream().filter(unit -> unit != next).forEach(unit -> unit.mayEnd.countDown());

        first.thread.join(LONG.toMillis());

        assertThat(first.failure).isNull();
        assertThat(next.thread.isAlive()).isTrue();
        letAllEnd();
    }

    /** What it throws may rest on what others have changed, so it is told as late as they are. */
    @Test
    void whoeverFailsIsUndoneAloneAndIsToldWhenAllAreSynced() throws InterruptedException {
        long syncs = medium.forces();
        IllegalStateException own = new IllegalStateException();
        insert(1).whichRuns();
        Unit fails = new Unit(handle -> {
                    inserts(2).apply(handle);
                    assertThat(numbers(handle)).containsExactly(1, 2);
                    throw own;
                })
                .whichWaits();
        insert(3).whichWaits();
        Unit collides = insert(1).whichWaits();
        insert(4).whichWaits();

        letAllEnd();

        assertThat(fails.failure).isSameAs(own);
        assertThat(fails.syncsWhenTold).isEqualTo(syncs + 1);
        assertThat(collides.failure).isNotNull().isNotInstanceOf(StoreFailure.class);
        assertThat(kept()).containsExactly(1, 3, 4);
        assertThat(medium.forces()).isEqualTo(syncs + 1);
    }

    @Test
    void whoeverFailsFirstDoesNotKeepTheOthersFromTheirCommit() throws InterruptedException {
        IllegalStateException own = new IllegalStateException();
        Unit fails = new Unit(handle -> {
                    throw own;
                })
                .whichRuns();
        insert(1).whichWaits();

        letAllEnd();

        assertThat(fails.failure).isSameAs(own);
        assertThat(kept()).containsExactly(1);
    }

    /** Whoever finds a key deleted already must not say so before the deletion is on the disk. */
    @Test
    void whoeverOnlyReadIsToldWhenWhatItSawIsSynced() throws InterruptedException {
        long syncs = medium.forces();
        insert(1).whichRuns();
        Unit reads = new Unit(handle -> {
                    assertThat(numbers(handle)).containsExactly(1);
                    return handle;
                })
                .whichWaits();

        letAllEnd();

        assertThat(reads.failure).isNull();
        assertThat(reads.syncsWhenTold).isEqualTo(syncs + 1);
    }

    @Test
    void whereNobodyChangedAnythingNothingIsSynced() {
        long syncs = medium.forces();

        assertThat(commits.write(SharedCommitsTest::numbers)).isEmpty();

        assertThat(medium.forces()).isEqualTo(syncs);
    }

    @Test
    void aCommitThatFailsFailsForAllAndTheNextOneHasANewConnection() throws InterruptedException {
        insert(1).whichRuns();
        insert(2).whichWaits();
        new Unit(SharedCommitsTest::numbers).whichWaits();
        new Unit(handle -> {
                    throw new IllegalStateException();
                })
                .whichWaits();
        medium.fillUpAfter(0);

        letAllEnd();

        assertThat(units)
                .allSatisfy(unit -> assertThat(unit.failure)
                        .isInstanceOf(StoreFailure.class)
                        .hasMessageContaining(NOT_KNOWN));
        medium.makeSpace();
        units.clear();
        Unit next = insert(3);
        letAllEnd();
        assertThat(next.failure).isNull();
        assertThat(kept()).contains(3);
    }

    @Test
    void afterASyncThatFailedForAllTheNextOneSyncsWhateverItDid() throws InterruptedException {
        insert(1).whichRuns();
        insert(2).whichWaits();
        medium.forget(true);

        letAllEnd();

        assertThat(units)
                .allSatisfy(unit -> assertThat(unit.failure)
                        .isInstanceOf(StoreFailure.class)
                        .hasMessageContaining(NOT_KNOWN));
        assertThatThrownBy(() -> commits.write(SharedCommitsTest::numbers)).isInstanceOf(StoreFailure.class);
        medium.forget(false);
        long syncs = medium.forces();
        assertThat(commits.write(SharedCommitsTest::numbers)).containsExactly(1, 2);
        assertThat(medium.forces()).isEqualTo(syncs + 1);
    }

    /** Half of a unit of work must not be committed by those who share its transaction, for whatever reason it stays there. */
    @Test
    void whatCannotBeUndoneAloneIsUndoneWithAll() throws InterruptedException {
        OutOfMemoryError tooMuch = new OutOfMemoryError();
        Jdbi failing = Jdbi.create(() -> {
            Connection connection = DriverManager.getConnection(url.jdbcUrl(), "sa", "");
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("rollback") && arguments != null) {
                            throw tooMuch;
                        }
                        return method.invoke(connection, arguments);
                    });
        });
        commits = new SharedCommits(failing, Optional.of(kept), LONG, LONG);
        insert(1).whichRuns();
        new Unit(handle -> {
                    inserts(2).apply(handle);
                    throw new IllegalStateException();
                })
                .whichWaits();

        letAllEnd();

        assertThat(units).allSatisfy(unit -> assertThat(unit.failure).isInstanceOf(StoreFailure.class));
        assertThat(kept()).isEmpty();
    }

    /** H2 closes the database at the first write that fails. */
    @Test
    void whenTheConnectionDiesThoseBeforeFailAndThoseAfterGoOn() throws InterruptedException {
        insert(1).whichRuns();
        insert(2).whichWaits();
        Unit dies = new Unit(handle -> handle.execute("shutdown immediately")).whichWaits();
        Unit after = insert(3).whichWaits();
        insert(4).whichWaits();
        keptOpen.close();

        letAllEnd();

        assertThat(units.subList(0, 2))
                .allSatisfy(unit -> assertThat(unit.failure)
                        .isInstanceOf(StoreFailure.class)
                        .hasMessageContaining(NOT_KNOWN));
        assertThat(dies.failure).isInstanceOf(StoreFailure.class);
        assertThat(after.failure).isNull();
        assertThat(kept()).containsExactly(3, 4);
    }

    @Test
    void aConnectionThatIsFoundDeadFailsOnce() throws SQLException {
        try (Database database = Database.open(url, settings, 1, 1)) {
            Samples.insert(database.store(), Samples.company());
            try (Statement statement = keptOpen.getConnection().createStatement()) {
                statement.execute("shutdown immediately");
            }

            assertThatThrownBy(() -> Samples.insert(database.store(), Samples.company()))
                    .isInstanceOf(StoreFailure.class);

            Samples.insert(database.store(), Samples.company());
        }
    }

    /** H2 undoes the whole of the younger transaction then, and not only the statement: all in it may be run again. */
    @Test
    void aDeadlockUndoesAll() throws InterruptedException {
        keptOpen.execute("insert into written (number) values (1), (2)");
        CountDownLatch holds = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        Thread older = new Thread(() -> sql.useHandle(handle -> handle.useTransaction(its -> {
            meetsSecond(its);
            holds.countDown();
            pass(goesOn);
            meetsFirst(its);
        })));
        older.start();
        pass(holds);
        Unit before = new Unit(SharedCommitsTest::meetsFirst).whichRuns();
        Unit inTheWay = new Unit(SharedCommitsTest::meetsSecond).whichWaits();
        before.mayEnd.countDown();
        inTheWay.whichRuns();
        goesOn.countDown();
        untilItWaitsForALock();

        letAllEnd();
        older.join(LONG.toMillis());

        assertThat(units).allSatisfy(unit -> {
            assertThat(unit.failure).isInstanceOf(StoreFailure.class);
            assertThat(SqlTrouble.isUndone((RuntimeException) unit.failure)).isTrue();
        });
        assertThat(keptOpen.select("select sum(times) from written")
                        .mapTo(int.class)
                        .one())
                .isEqualTo(2);
    }

    private static int meetsFirst(Handle handle) {
        return handle.execute("update written set times = times + 1 where number = 1");
    }

    private static int meetsSecond(Handle handle) {
        return handle.execute("update written set times = times + 1 where number = 2");
    }

    private void untilItWaitsForALock() {
        while (keptOpen.select("select count(*) from information_schema.sessions where blocker_id is not null")
                        .mapTo(int.class)
                        .one()
                == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void nobodyWaitsForItsTurnForEver() throws InterruptedException {
        commits = new SharedCommits(sql, Optional.of(kept), SHORT, LONG);
        insert(1).whichRuns();

        assertThatThrownBy(() -> commits.write(inserts(2)))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("waiting for the turn");

        letAllEnd();
        assertThat(kept()).containsExactly(1);
    }

    /**
     * The last of them is what all wait for. Who gives up has been told that nothing is known, and may have others forget what they
     * remember: nothing of it may be kept after that.
     */
    @Test
    void whoGivesUpWaitingForTheCommitTakesItBack() throws InterruptedException {
        commits = new SharedCommits(sql, Optional.of(kept), LONG, SHORT);
        Unit first = insert(1).whichRuns();
        Unit second = insert(2).whichWaits();
        Unit last = insert(3).whichWaits();

        first.mayEnd.countDown();
        second.mayEnd.countDown();
        first.thread.join(LONG.toMillis());
        second.thread.join(LONG.toMillis());
        assertThat(last.thread.isAlive()).isTrue();

        letAllEnd();
        assertThat(units)
                .allSatisfy(unit -> assertThat(unit.failure)
                        .isInstanceOf(StoreFailure.class)
                        .hasMessageContaining(NOT_KNOWN));
        assertThat(kept()).isEmpty();

        units.clear();
        Unit next = insert(4);
        letAllEnd();
        assertThat(next.failure).isNull();
        assertThat(kept()).containsExactly(4);
    }

    @Test
    void whoIsInterruptedWhileItWaitsForItsTurnGetsItAndStaysInterrupted() throws InterruptedException {
        insert(1).whichRuns();
        Unit waiting = insert(2).whichWaits();
        waiting.thread.interrupt();

        letAllEnd();

        assertThat(waiting.failure).isNull();
        assertThat(waiting.interrupted).isTrue();
        assertThat(kept()).containsExactly(1, 2);
    }

    @Test
    void whoIsInterruptedWhileItWaitsForTheCommitIsToldOfItAndStaysInterrupted() throws InterruptedException {
        long syncs = medium.forces();
        Unit first = insert(1).whichRuns();
        Unit waiting = insert(2).whichWaits();
        Unit last = insert(3).whichWaits();
        first.mayEnd.countDown();
        waiting.mayEnd.countDown();
        last.whichRuns();
        waiting.whichWaits();
        waiting.thread.interrupt();

        letAllEnd();

        assertThat(waiting.failure).isNull();
        assertThat(waiting.interrupted).isTrue();
        assertThat(waiting.syncsWhenTold).isEqualTo(syncs + 1);
        assertThat(last.interrupted).isFalse();
    }
}
