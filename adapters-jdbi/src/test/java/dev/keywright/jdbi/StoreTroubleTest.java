package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.testkit.Samples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store says when its database cannot do what is asked, on every database in the same words. */
final class StoreTroubleTest {

    private final CompanyId company = Samples.company();

    /** whoever finds all connections taken is told so after two seconds. */
    @Test
    void anExhaustedPoolIsAFailureAfterTwoSeconds() throws InterruptedException {
        try (Database database = Database.open(TestDatabases.inMemory(), 1, 1)) {
            CountDownLatch held = new CountDownLatch(2);
            CountDownLatch free = new CountDownLatch(1);
            // The common pool has a single thread on a machine with two processors.
            Executor ownThread = task -> new Thread(task).start();
            CompletableFuture<?> reading =
                    CompletableFuture.runAsync(() -> database.store().read(keys -> waiting(held, free)), ownThread);
            CompletableFuture<?> writing =
                    CompletableFuture.runAsync(() -> database.store().write(keys -> waiting(held, free)), ownThread);
            assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();

            long start = System.nanoTime();
            assertThatThrownBy(() -> database.store().read(keys -> keys.isEmpty()))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("opening a connection");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            assertThatThrownBy(() -> database.store().write(keys -> keys.isEmpty()))
                    .isInstanceOf(StoreFailure.class);

            free.countDown();
            reading.join();
            writing.join();
            assertThat(database.store().<Boolean>read(keys -> keys.isEmpty())).isTrue();
        }
    }

    private static boolean waiting(CountDownLatch held, CountDownLatch free) {
        held.countDown();
        try {
            return free.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** writers that wait for one another leave the readers their connections. */
    @ParameterizedTest
    @EnumSource
    void readersHaveConnectionsOfTheirOwn(Engine engine) {
        try (Database database = Database.open(engine.fresh(), 1, 1)) {
            ApiKey key = Samples.insert(database.store(), company);

            database.store().write(keys -> {
                assertThat(keys.find(company, key.id())).contains(key);
                assertThat(CompletableFuture.supplyAsync(() -> Samples.stored(database.store(), key))
                                .join())
                        .contains(key);
                return key;
            });
        }
    }

    /** A row that somebody else holds for long is a conflict, after a bounded time. */
    @ParameterizedTest
    @EnumSource
    void aRowThatStaysLockedIsAConflict(Engine engine) {
        DatabaseSettings settings = engine.fresh();
        try (Database database = Database.open(settings);
                Handle other = sql(settings).open()) {
            ApiKey key = Samples.insert(database.store(), company);
            other.begin();
            other.execute("select revision from api_key for update");

            long start = System.nanoTime();
            assertThatThrownBy(() -> Samples.replace(database.store(), Samples.deactivated(key)))
                    .isInstanceOf(WriteConflict.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));

            other.rollback();
            Samples.replace(database.store(), Samples.deactivated(key));
        }
    }

    /** a report for the log names neither the values of the row nor those of the statement. */
    @ParameterizedTest
    @EnumSource
    void aConflictNamesNoValue(Engine engine) {
        try (Database database = Database.open(engine.fresh())) {
            KeyChange birth = Samples.created(company);
            Samples.insert(database.store(), birth);

            Throwable conflict = catchThrowable(() -> Samples.insert(database.store(), birth));

            assertThat(conflict).isInstanceOf(WriteConflict.class);
            assertThat(stackTrace(conflict))
                    .contains("23505")
                    .doesNotContain(company.value())
                    .doesNotContain(birth.after().credential().reference().value());
        }
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource
    void aConflictThatTheWorkSwallowsIsThrownNevertheless(Engine engine) {
        try (Database database = Database.open(engine.fresh())) {
            KeyStore store = database.store();
            KeyChange taken = Samples.created(company);
            Samples.insert(store, taken);
            KeyChange other = Samples.created(company);

            assertThatThrownBy(() -> store.write(keys -> {
                        keys.insert(other, Samples.ACTOR);
                        Throwable swallowed = catchThrowable(() -> keys.insert(taken, Samples.ACTOR));
                        assertThat(swallowed).isInstanceOf(WriteConflict.class);
                        assertThat(catchThrowable(() -> keys.newest(company))).isSameAs(swallowed);
                        return other;
                    }))
                    .isInstanceOf(WriteConflict.class);

            assertThat(Samples.stored(store, other.after())).isEmpty();
        }
    }

    /** Only the store's own trouble is translated: what the work throws is the caller's. */
    @ParameterizedTest
    @EnumSource
    void whatTheWorkThrowsPassesAsItIs(Engine engine) {
        try (Database database = Database.open(engine.fresh())) {
            RuntimeException ofTheWork = new IllegalStateException(new SQLException("mine", "40001"));
            Error error = new AssertionError("mine");

            for (Throwable thrown : new Throwable[] {ofTheWork, error}) {
                assertThatThrownBy(() -> database.store().write(keys -> {
                            keys.newest(company);
                            throw sneaky(thrown);
                        }))
                        .isSameAs(thrown);
            }
        }
    }

    private static RuntimeException sneaky(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    /** A row that no key can be is a failure of the store, and never a fault of the caller. */
    @ParameterizedTest
    @EnumSource
    void aRowThatIsNoKeyIsAFailure(Engine engine) {
        DatabaseSettings settings = engine.fresh();
        try (Database database = Database.open(settings)) {
            ApiKey key = Samples.insert(database.store(), company);
            sql(settings).useHandle(other -> other.execute("update api_key set user_id = ' '"));

            assertThatThrownBy(() -> Samples.stored(database.store(), key))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("finding a key");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMissingTableIsAFailure(Engine engine) {
        DatabaseSettings settings = engine.fresh();
        try (Database database = Database.open(settings)) {
            sql(settings).useHandle(other -> other.execute("drop table api_key_event"));

            // the key is not kept without its event.
            assertThatThrownBy(() -> Samples.insert(database.store(), company)).isInstanceOf(StoreFailure.class);
            assertThat(database.store().<Boolean>read(keys -> keys.isEmpty())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedDatabaseFails(Engine engine) {
        Database database = Database.open(engine.fresh());
        assertThat(database.isReachable()).isTrue();

        database.close();

        assertThat(database.isReachable()).isFalse();
        assertThatThrownBy(() -> database.store().read(keys -> keys.isEmpty())).isInstanceOf(StoreFailure.class);
    }

    private static Jdbi sql(DatabaseSettings settings) {
        return Jdbi.create(
                DatabaseUrl.parse(settings.url()).jdbcUrl(),
                settings.user().orElse("sa"),
                settings.password().orElse(""));
    }
}
