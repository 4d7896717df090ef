package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** what a database undid for no fault of its own is run again, a few times; what may have happened is not. */
final class UndoneWorkTest {

    /** Raises a serialization failure for the first times; advisory locks count them, as no rollback takes those away. */
    private static final String IN_THE_WAY = """
            create function in_the_way(times integer) returns boolean language plpgsql as $$
            declare met integer;
            begin
              select count(*) into met from pg_locks l join pg_database d on d.oid = l.database
               where l.locktype = 'advisory' and d.datname = current_database();
              if met < times then
                perform pg_advisory_lock(met);
                raise exception 'could not serialize access' using errcode = '40001';
              end if;
              return true;
            end $$;
            """;

    private static final String BEFORE_A_READ = """
            alter table api_key rename to api_key_kept;
            create view api_key as select * from api_key_kept where in_the_way(<times>);
            """;

    private static final String AT_A_COMMIT = """
            create function at_commit() returns trigger language plpgsql as $$
            begin
              <what>;
              return null;
            end $$;
            create constraint trigger at_commit after insert or update on api_key
              deferrable initially deferred for each row execute function at_commit();
            """;

    private final CompanyId company = Samples.company();
    private final AtomicInteger runs = new AtomicInteger();

    private static Jdbi sql(DatabaseSettings settings) {
        return Jdbi.create(
                DatabaseUrl.parse(settings.url()).jdbcUrl(),
                settings.user().orElse("sa"),
                settings.password().orElse(""));
    }

    private static void run(DatabaseSettings settings, String script, String parameter, String value) {
        sql(settings).useHandle(sql -> {
            for (String each : new String[] {IN_THE_WAY, script.replace("<" + parameter + ">", value)}) {
                try (Statement statement = sql.getConnection().createStatement()) {
                    statement.execute(each);
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    private KeyChange insert(KeyStore store, KeyChange created) {
        return store.write(keys -> {
            runs.incrementAndGet();
            keys.insert(created, Samples.ACTOR);
            return created;
        });
    }

    /** Two units of work that hold a key each and want the other's: the database ends one, and then it is run again. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "H2_IN_FILE")
    void bothWhoHoldWhatTheOtherWantsGetTheirTurn(Engine engine) {
        DatabaseSettings settings = engine.fresh();
        try (Database database = Database.open(settings)) {
            // Over connections that wait long enough for the database to see who waits for whom.
            KeyStore store = new JdbiKeyStore(sql(settings));
            List<ApiKey> keys = Samples.insertAll(database.store(), Samples.created(company, 2));
            CyclicBarrier bothHold = new CyclicBarrier(2);
            Executor ownThread = task -> new Thread(task).start();

            CompletableFuture<?> one =
                    CompletableFuture.runAsync(() -> deactivate(store, keys.get(0), keys.get(1), bothHold), ownThread);
            CompletableFuture<?> other =
                    CompletableFuture.runAsync(() -> deactivate(store, keys.get(1), keys.get(0), bothHold), ownThread);
            CompletableFuture.allOf(one, other).orTimeout(30, TimeUnit.SECONDS).join();

            assertThat(runs).hasValue(3);
            assertThat(keys)
                    .allSatisfy(key -> assertThat(
                                    Samples.stored(store, key).orElseThrow().revision())
                            .isEqualTo(3));
        }
    }

    private void deactivate(KeyStore store, ApiKey first, ApiKey second, CyclicBarrier bothHold) {
        store.write(keys -> {
            boolean meets = runs.incrementAndGet() <= 2;
            ApiKey held = keys.find(company, first.id()).orElseThrow();
            if (meets) {
                await(bothHold);
            }
            ApiKey wanted = keys.find(company, second.id()).orElseThrow();
            keys.replace(Samples.described(held, "once more " + held.revision()), Samples.ACTOR);
            keys.replace(Samples.described(wanted, "once more " + wanted.revision()), Samples.ACTOR);
            return wanted;
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCommitThatCannotBeSerializedIsRunAgainAndKeptOnce() {
        DatabaseSettings settings = Engine.POSTGRESQL.fresh();
        try (Database database = Database.open(settings)) {
            run(settings, AT_A_COMMIT, "what", "perform in_the_way(5)");

            KeyChange created = insert(database.store(), Samples.created(company));

            assertThat(runs).hasValue(6);
            assertThat(Samples.stored(database.store(), created.after())).contains(created.after());
            assertThat(events(database, created)).isEqualTo(1);
        }
    }

    @Test
    void aWriteThatIsUndoneAgainAndAgainIsAConflictAndKeepsNothing() {
        DatabaseSettings settings = Engine.POSTGRESQL.fresh();
        try (Database database = Database.open(settings)) {
            run(settings, AT_A_COMMIT, "what", "perform in_the_way(1000)");
            KeyChange created = Samples.created(company);
            long begun = System.nanoTime();

            assertThatThrownBy(() -> insert(database.store(), created)).isInstanceOf(WriteConflict.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            assertThat(runs.get()).isBetween(2, 6);
            assertThat(Samples.stored(database.store(), created.after())).isEmpty();
            assertThat(events(database, created)).isZero();
        }
    }

    /** A standby and a distributed database undo readers, too. */
    @Test
    void aReadAndALookUpThatAreUndoneAreRunAgain() {
        DatabaseSettings settings = Engine.POSTGRESQL.fresh();
        try (Database database = Database.open(settings)) {
            KeyStore store = database.store();
            ApiKey key = Samples.insert(store, company);
            run(settings, BEFORE_A_READ, "times", "3");

            assertThat(Samples.stored(store, key)).contains(key);
            sql(settings)
                    .useHandle(sql -> sql.execute(
                            "create or replace view api_key as" + " select * from api_key_kept where in_the_way(6)"));
            assertThat(store.lookUp(key.credential().reference())).contains(VerifiableKey.of(key));
            sql(settings)
                    .useHandle(sql -> sql.execute(
                            "create or replace view api_key as" + " select * from api_key_kept where in_the_way(9)"));
            assertThat(store.lookUp(Set.of(key.credential().reference()))).containsExactly(VerifiableKey.of(key));
        }
    }

    @Test
    void aReadThatIsUndoneAgainAndAgainIsAFailure() {
        DatabaseSettings settings = Engine.POSTGRESQL.fresh();
        try (Database database = Database.open(settings)) {
            ApiKey key = Samples.insert(database.store(), company);
            run(settings, BEFORE_A_READ, "times", "1000");

            assertThatThrownBy(() -> Samples.stored(database.store(), key)).isInstanceOf(StoreFailure.class);
            assertThatThrownBy(() -> database.store().lookUp(key.credential().reference()))
                    .isInstanceOf(StoreFailure.class);
        }
    }

    /** It may have been kept: whoever ran it again could do it twice. */
    @Test
    void aCommitThatIsCutOffIsAFailureAndNeverRunAgain() {
        DatabaseSettings settings = Engine.POSTGRESQL.fresh();
        try (Database database = Database.open(settings)) {
            run(settings, AT_A_COMMIT, "what", "perform pg_terminate_backend(pg_backend_pid())");

            assertThatThrownBy(() -> insert(database.store(), Samples.created(company)))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("whether the change was kept is not known");

            assertThat(runs).hasValue(1);
        }
    }

    private static int events(Database database, KeyChange created) {
        return database.store()
                .read(keys ->
                        keys.events(created.after().company(), created.after().id()))
                .size();
    }
}
