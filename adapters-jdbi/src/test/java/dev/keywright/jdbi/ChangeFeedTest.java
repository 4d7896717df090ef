package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.testkit.Samples;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** who watches a database hears of what others change there, when it is changed, and again after the connection was lost. */
final class ChangeFeedTest {

    /** A quarter of it is far more than a test takes, were it not capped at a quarter of a second. */
    private static final Duration BOUND = Duration.ofMinutes(1);

    private final CompanyId company = Samples.company();
    private final ToldChanges told = new ToldChanges();
    private final DatabaseSettings postgres = TestDatabases.onPostgres();
    private final Database watched = Database.open(postgres);
    private final Database other = Database.open(postgres);

    @AfterEach
    void close() {
        other.close();
        watched.close();
    }

    private void watch() {
        watched.watch(BOUND, told);
        told.await(() -> told.isUpTo(0));
    }

    private ApiKey changedBy(KeyStore store) {
        return Samples.replace(store, Samples.deactivated(Samples.insert(store, company)));
    }

    private void isTold(ApiKey key) {
        told.await(() -> told.has(key.credential().reference(), key.revision()));
    }

    private Jdbi server() {
        return Jdbi.create(
                postgres.url(),
                postgres.user().orElseThrow(),
                postgres.password().orElse(""));
    }

    private void cutTheFeed() {
        int cut = server().withHandle(
                        sql -> sql.createQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                        + " where application_name = 'keywright-feed' and datname = current_database()")
                                .mapTo(int.class)
                                .one());
        assertThat(cut).isEqualTo(1);
    }

    @Test
    void aChangeOfAnotherProcessIsTold() {
        watch();

        ApiKey changed = changedBy(other.store());

        isTold(changed);
    }

    @Test
    void ownChangesAreToldToo() {
        watch();

        ApiKey changed = changedBy(watched.store());

        isTold(changed);
    }

    /** Of a hundred changes at least a few would have to wait nearly the whole pause, if it were not for notifications. */
    @Test
    void aChangeWakesWhoWatches() {
        watch();
        ApiKey key = Samples.insert(other.store(), company);

        Duration longest = Duration.ZERO;
        Duration sum = Duration.ZERO;
        for (int time = 0; time < 100; time++) {
            ApiKey next =
                    Samples.replace(other.store(), key.enabled() ? Samples.deactivated(key) : Samples.activated(key));
            Duration took = told.await(() -> told.has(next.credential().reference(), next.revision()));
            longest = longest.compareTo(took) > 0 ? longest : took;
            sum = sum.plus(took);
            key = next;
        }

        assertThat(sum.dividedBy(100))
                .as("on the average; the longest took %s", longest)
                .isLessThan(Duration.ofMillis(60));
    }

    /** As by a program that sends no notification, or where one was lost. */
    @Test
    void withoutANotificationAChangeIsToldAtTheNextLook() {
        watch();
        KeyStore silent = new JdbiKeyStore(server());

        ApiKey changed = changedBy(silent);

        isTold(changed);
    }

    @Test
    void afterTheConnectionWasCutItGoesOnWhereItWas() {
        watch();
        ApiKey before = changedBy(other.store());
        isTold(before);

        cutTheFeed();
        ApiKey after = changedBy(other.store());

        isTold(after);
        assertThat(told.losses()).isEqualTo(1);
    }

    @Test
    void whatIsToldComesWithTheMomentUpToWhichAllWasTold() {
        watch();

        long moment = System.nanoTime();

        assertThat(told.await(() -> told.isUpTo(moment))).isLessThan(Duration.ofSeconds(2));
    }

    /** Numbers that are taken in advance come in any order: nobody could be sure to have read them all. */
    @Test
    void whereConnectionsTakeManyNumbersAtOnceNothingIsTold() {
        server().useHandle(sql -> sql.execute("alter table api_key_event alter column sequence set cache 100"));
        ToldChanges nothing = new ToldChanges();

        ChangeFeed.start(() -> server().open().getConnection(), BOUND, nothing).awaitEnd();

        assertThat(nothing.losses()).isZero();
        assertThat(nothing.isUpTo(Long.MIN_VALUE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"H2_IN_MEMORY", "H2_IN_FILE"})
    void anH2DatabaseCanBeWatchedToo(Engine engine) {
        try (Database database = Database.open(engine.fresh())) {
            database.watch(BOUND, told);
            told.await(() -> told.isUpTo(0));

            ApiKey changed = changedBy(database.store());

            isTold(changed);
        }
    }
}
