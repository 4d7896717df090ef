package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.testkit.Samples;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots of whole stores, and which events are all there are. */
final class StoreSnapshotTest {

    private static List<StoredRow> rows(StoreSnapshot snapshot) {
        List<StoredRow> rows = new ArrayList<>();
        snapshot.rows().forEachRemaining(rows::add);
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenMeanwhileIsNotInIt(Engine engine) {
        try (Database database = Database.open(engine.fresh())) {
            CompanyId company = Samples.company();
            List<ApiKey> before = Samples.insertAll(database.store(), Samples.created(company, 3));
            try (StoreSnapshot snapshot = database.snapshot()) {
                RowCounts counts = snapshot.counts();
                Samples.insert(database.store(), company);
                Samples.replace(database.store(), Samples.deleted(before.get(0)));

                List<StoredRow> rows = rows(snapshot);

                assertThat(counts).isEqualTo(new RowCounts(3, 3, 0));
                assertThat(rows).hasSize(6).isSortedAccordingTo(StoredRow.ORDER);
                assertThat(rows.subList(0, 3))
                        .isEqualTo(before.stream().map(StoredRow.Key::new).toList());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void moreRowsThanAPageHasComeOnceEach(Engine engine) {
        try (Database database = Database.open(engine.fresh());
                StoreFilling filling = database.filling()) {
            CompanyId company = Samples.company();
            List<StoredRow> keys = Samples.created(company, 2_000).stream()
                    .<StoredRow>map(born -> new StoredRow.Key(born.after()))
                    .toList();

            int added = filling.add(keys);
            int again = filling.add(keys);
            filling.finish();

            assertThat(List.of(added, again)).containsExactly(2_000, 0);
            try (StoreSnapshot snapshot = database.snapshot()) {
                assertThat(rows(snapshot)).isEqualTo(keys);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventIsFoundByItsSequence(Engine engine) {
        try (Database database = Database.open(engine.fresh())) {
            CompanyId company = Samples.company();
            Samples.insertAll(database.store(), Samples.created(company, 3));
            try (StoreSnapshot snapshot = database.snapshot()) {
                long newest = snapshot.newestEvent();

                Iterator<RecordedEvent> last = snapshot.events(newest - 1, Long.MAX_VALUE);

                assertThat(last.next()).isEqualTo(snapshot.event(newest).orElseThrow());
                assertThat(last).isExhausted();
                assertThat(snapshot.event(newest + 1)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNextEventComesBehindWhatItIsToldTo(Engine engine) {
        try (Database database = Database.open(engine.fresh());
                StoreFilling filling = database.filling()) {
            CompanyId company = Samples.company();
            Samples.insert(database.store(), company);

            filling.continueEvents(500);
            Samples.insert(database.store(), company);
            filling.continueEvents(0);
            Samples.insert(database.store(), company);

            try (StoreSnapshot snapshot = database.snapshot()) {
                assertThat(snapshot.events(1, Long.MAX_VALUE))
                        .toIterable()
                        .extracting(RecordedEvent::sequence)
                        .containsExactly(501L, 502L);
            }
        }
    }

    /** Who takes a sequence first may commit last: nobody is told that all is there before that is so. */
    @Test
    void eventsAreSettledOnceTheWritersWhoHaveBegunAreDone() throws Exception {
        DatabaseSettings settings = TestDatabases.onPostgres();
        try (Database database = Database.open(settings);
                Connection slow = connect(settings);
                Connection watch = connect(settings)) {
            CompanyId company = Samples.company();
            slow.setAutoCommit(false);
            insertEvent(slow, company);
            Samples.insert(database.store(), company);

            CompletableFuture<Long> settled = CompletableFuture.supplyAsync(database::settledEvents);
            awaitLock(watch);
            boolean early = settled.isDone();
            slow.commit();

            assertThat(early).isFalse();
            assertThat(settled.get(10, TimeUnit.SECONDS)).isEqualTo(2);
            try (StoreSnapshot snapshot = database.snapshot()) {
                assertThat(snapshot.events(0, 2)).toIterable().hasSize(2);
            }
        }
    }

    private static Connection connect(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(
                settings.url(),
                settings.user().orElse(null),
                settings.password().orElse(null));
    }

    private static void insertEvent(Connection connection, CompanyId company) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into api_key_event"
                + " (company_id, key_id, revision, action, fields, occurred_at, actor)"
                + " values (?, '00000000-0000-0000-0000-000000000001', 1, 'CREATED', '{}', now(), 'slow')")) {
            insert.setString(1, company.value());
            insert.executeUpdate();
        }
    }

    private static void awaitLock(Connection connection) throws SQLException {
        try (PreparedStatement waiting =
                connection.prepareStatement("select count(*) from pg_locks where mode = 'ShareLock' and not granted"
                        + " and relation = 'api_key_event'::regclass")) {
            for (boolean waits = false; !waits; ) {
                try (ResultSet found = waiting.executeQuery()) {
                    found.next();
                    waits = found.getLong(1) > 0;
                }
            }
        }
    }
}
